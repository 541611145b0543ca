import { beforeEach, describe, expect, it } from 'vitest';
import Watermark from '#src/components/member/Watermark.vue';
import { messages as en } from '#src/locales/en.ts';
import { messages as zh } from '#src/locales/zh-CN.ts';
import { appServices } from '#tests/support/app-services.ts';
import { mountPart } from '#tests/support/mount.ts';

/** Any clock's time, in the zone of whoever runs this. */
const OPENED = new Date(2026, 2, 1, 9, 30).getTime();

let clock: number;
beforeEach(() => void (clock = OPENED));

function watermark(viewer: string, messages = zh) {
  const services = appServices({ url: 'http://127.0.0.1:9/', services: { now: () => clock } });
  return mountPart(Watermark, { viewer, id: 'r1' }, { services, messages });
}

const marks = (wrapper: ReturnType<typeof watermark>) => [
  ...new Set(wrapper.findAll('[data-mark]').map((mark) => mark.attributes('data-mark'))),
];

describe('the watermark', () => {
  it('says who looked and when, many times over', () => {
    const wrapper = watermark('李老师 2210');
    expect(marks(wrapper)).toEqual(['李老师 2210 2026/03/01 09:30']);
    expect(wrapper.findAll('[data-mark]').length).toBeGreaterThan(100);
  });

  it('says when, where nobody signed in', () => {
    expect(marks(watermark(''))).toEqual(['2026/03/01 09:30']);
  });

  it('is met by no reader', () => {
    const wrapper = watermark('李老师 2210');
    expect(wrapper.attributes('aria-hidden')).toBe('true');
    expect(wrapper.text()).toBe('');
  });

  it('keeps the time of opening, until another page is opened', async () => {
    const wrapper = watermark('李老师 2210');
    clock += 5 * 60_000;
    await wrapper.setProps({ viewer: '李老师 2211' });
    expect(marks(wrapper)).toEqual(['李老师 2211 2026/03/01 09:30']);
    await wrapper.setProps({ id: 'r2' });
    expect(marks(wrapper)).toEqual(['李老师 2211 2026/03/01 09:35']);
  });

  it('writes the time in the viewer’s language', () => {
    expect(marks(watermark('Li 2210', en))[0]).toMatch(/^Li 2210 03\/01\/2026, 09:30/);
  });
});

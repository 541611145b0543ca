import { describe, expect, it } from 'vitest';
import { h } from 'vue';
import type { Member } from '#contract/member.ts';
import StatusBadges from '#src/components/member/StatusBadges.vue';
import { messages as en } from '#src/locales/en.ts';
import { messages as zh } from '#src/locales/zh-CN.ts';
import { appServices } from '#tests/support/app-services.ts';
import { mountPart } from '#tests/support/mount.ts';

/** What the badges say at `time`, in Shanghai. */
function badges(member: Member, time = '2026-03-01T12:00:00+08:00', messages = zh) {
  const services = appServices({ url: 'http://127.0.0.1:9/', services: { now: () => Date.parse(time) } });
  const line = { render: () => h('p', h(StatusBadges, { member })) };
  return mountPart(line, {}, { services, messages }).text();
}

describe('the badges of a card', () => {
  it('are none where it holds', () => {
    const holding = { start_at: '2021-09-01 00:00:00', expire_at: '2027-06-30 00:00:00', frozen_status: 0 };
    expect(badges(holding)).toBe('');
    expect(badges({})).toBe('');
  });

  it.each([
    ['frozen', { frozen_status: 1 }, '已冻结'],
    ['expired', { expire_at: '2025-06-30 00:00:00' }, '已过期'],
    ['not valid yet', { start_at: '2026-09-01 00:00:00' }, '未生效'],
  ])('say that it is %s', (_what, member, words) => {
    expect(badges(member)).toBe(words);
  });

  it('say everything that is wrong with it', () => {
    const text = badges({ frozen_status: 1, expire_at: '2025-06-30 00:00:00' });
    expect(text).toContain('已冻结');
    expect(text).toContain('已过期');
  });

  it.each([
    ['2026-03-01T23:59:59+08:00', ''],
    ['2026-03-02T00:00:00+08:00', '已过期'],
  ])('let a card hold through its last day: at %s', (time, words) => {
    expect(badges({ expire_at: '2026-03-01' }, time)).toBe(words);
  });

  it('say nothing of a date that cannot be read', () => {
    expect(badges({ expire_at: '见学生证', start_at: '-' })).toBe('');
  });

  it('speak English', () => {
    expect(badges({ frozen_status: 1 }, undefined, en)).toBe('Frozen');
  });
});

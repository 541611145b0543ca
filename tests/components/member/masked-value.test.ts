import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { h, nextTick } from 'vue';
import type { RevealRequest } from '#contract/wire.ts';
import { LookupFailure } from '#src/api/failure.ts';
import MaskedValue from '#src/components/member/MaskedValue.vue';
import { shownGroups } from '#src/format/member-fields.ts';
import { messages } from '#src/locales/zh-CN.ts';
import { useRevealStore } from '#src/stores/reveal.ts';
import { appServices, NOW } from '#tests/support/app-services.ts';
import { allByRole, byRole, nameOf, queryByRole } from '#tests/support/by-role.ts';
import { gate } from '#tests/support/gateway.ts';
import { eventually, mountPart } from '#tests/support/mount.ts';

const MASKED = '138****1234';
const WHOLE = '13812341234';

interface Rules {
  revealable?: boolean;
  reasonRequired?: boolean;
}

/** A masked phone number as it stands on a member's page, and a relay that answers as it is told. */
function mountMasked(
  answer: (request: RevealRequest) => Promise<string>,
  { revealable = true, reasonRequired = false }: Rules = {},
) {
  const asked: RevealRequest[] = [];
  const reveal = {
    reveal(request: RevealRequest) {
      asked.push(request);
      return answer(request);
    },
    verify: () => Promise.resolve(true),
  };
  const details = {
    member: { name: '张伟', ref: 'ref-1', telephone: MASKED },
    complete: true,
    policy: {
      masked: ['telephone' as const],
      revealable: revealable ? ['telephone' as const] : [],
      reasonRequired,
    },
    organizations: {},
    roles: {},
  };
  const field = shownGroups(details, messages)[0]?.fields[0];
  if (field === undefined) throw new Error('a masked phone number is shown');
  const row = {
    render: () => [
      h('span', { id: 'label' }, '手机号'),
      h(MaskedValue, { field, masked: MASKED, labelId: 'label' }),
    ],
  };
  const services = appServices({ url: 'http://127.0.0.1:9/', services: { reveal } });
  return { page: mountPart(row, {}, { services }), asked };
}

const value = () => byRole('status').textContent;

/** Lets a relay's answer come. */
async function pass(ms = 0) {
  await vi.advanceTimersByTimeAsync(ms);
}

async function press(name: string) {
  byRole('button', name).click();
  await pass();
}

describe('a masked value', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('has no button where this viewer may not see it', () => {
    mountMasked(() => Promise.resolve(WHOLE), { revealable: false });
    expect(value()).toBe(MASKED);
    expect(allByRole('button')).toEqual([]);
  });

  it('is shown on demand, by a button that says which', async () => {
    const { asked } = mountMasked(() => Promise.resolve(WHOLE));
    expect(allByRole('button').map(nameOf)).toEqual(['显示 手机号']);
    await press('显示 手机号');
    expect(value()).toBe(WHOLE);
    expect(asked).toEqual([{ ref: 'ref-1', field: 'telephone' }]);
  });

  it('counts down to being masked again', async () => {
    const { page } = mountMasked(() => Promise.resolve(WHOLE));
    await press('显示 手机号');
    expect(page.text()).toContain('30 秒后自动隐藏');
    await pass(29_000);
    expect(value()).toBe(WHOLE);
    expect(page.text()).toContain('1 秒后自动隐藏');
    await pass(1_000);
    expect(value()).toBe(MASKED);
    expect(page.text()).not.toContain('秒后自动隐藏');
    expect(queryByRole('button', '显示 手机号')).toBeDefined();
  });

  it('is masked again at once when asked, and asks anew for the next time', async () => {
    const { asked } = mountMasked(() => Promise.resolve(WHOLE));
    await press('显示 手机号');
    await press('隐藏 手机号');
    expect(value()).toBe(MASKED);
    await press('显示 手机号');
    expect(asked).toHaveLength(2);
  });

  it('is asked for once while the answer is under way, and keeps the focus on its button', async () => {
    const { opened, open } = gate();
    const { asked } = mountMasked(() => opened.then(() => WHOLE));
    const button = byRole('button', '显示 手机号');
    button.focus();
    await press('显示 手机号');
    expect(button.getAttribute('aria-busy')).toBe('true');
    await press('显示 手机号');
    expect(asked).toHaveLength(1);
    expect(document.activeElement).toBe(button);
    open();
    await pass();
    expect(value()).toBe(WHOLE);
    expect(button.getAttribute('aria-busy')).toBe('false');
    expect(document.activeElement).toBe(button);
  });

  it('says why it cannot be shown, and lets the viewer try again', async () => {
    let isDown = true;
    mountMasked(() => (isDown ? Promise.reject(new LookupFailure('forbidden')) : Promise.resolve(WHOLE)));
    await press('显示 手机号');
    expect(byRole('alert').textContent.trim()).toBe('没有查询权限');
    expect(value()).toBe(MASKED);
    isDown = false;
    await press('显示 手机号');
    expect(value()).toBe(WHOLE);
    expect(queryByRole('alert')).toBeUndefined();
  });

  it('says when a viewer of too many can go on', async () => {
    mountMasked(() => Promise.reject(new LookupFailure('limited', { retryAt: NOW + 600_000 })));
    await press('显示 手机号');
    expect(byRole('alert').textContent).toMatch(/查得太多了\s+\d{2}:\d{2} 之后可以继续。/);
  });

  it('leaves with the page that showed it', async () => {
    const { page } = mountMasked(() => Promise.resolve(WHOLE));
    await press('显示 手机号');
    const store = useRevealStore();
    page.unmount();
    expect(store.reveals).toEqual({});
  });
});

describe('a masked value that wants a reason', () => {
  /** The sheet comes in a file of its own. */
  async function askWhy() {
    byRole('button', '显示 手机号').click();
    await eventually(() => expect(queryByRole('dialog')).toBeDefined());
  }

  it('is asked for with the reason, once that is given', async () => {
    const { asked } = mountMasked(() => Promise.resolve(WHOLE), { reasonRequired: true });
    await askWhy();
    expect(asked).toEqual([]);
    byRole('radio', '办理本人业务').click();
    await nextTick();
    byRole('button', '查看').click();
    await eventually(() => expect(value()).toBe(WHOLE));
    expect(asked).toEqual([{ ref: 'ref-1', field: 'telephone', reason: '办理本人业务' }]);
    expect(queryByRole('dialog')).toBeUndefined();
  });

  it('stays masked where none is given, and the focus is on its button again', async () => {
    const { asked } = mountMasked(() => Promise.resolve(WHOLE), { reasonRequired: true });
    byRole('button', '显示 手机号').focus();
    await askWhy();
    expect(document.activeElement).toBe(byRole('dialog'));
    byRole('button', '取消').click();
    await eventually(() => expect(queryByRole('dialog')).toBeUndefined());
    expect(value()).toBe(MASKED);
    expect(asked).toEqual([]);
    await eventually(() => expect(document.activeElement).toBe(byRole('button', '显示 手机号')));
  });

  it('needs none to be masked again', async () => {
    mountMasked(() => Promise.resolve(WHOLE), { reasonRequired: true });
    await useRevealStore().reveal('ref-1', 'telephone', '办理本人业务');
    await nextTick();
    byRole('button', '隐藏 手机号').click();
    await nextTick();
    expect(value()).toBe(MASKED);
    expect(queryByRole('dialog')).toBeUndefined();
  });
});

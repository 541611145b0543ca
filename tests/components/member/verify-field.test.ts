import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { h, nextTick } from 'vue';
import type { FieldKey } from '#contract/fields.ts';
import type { VerifyRequest } from '#contract/wire.ts';
import { LookupFailure } from '#src/api/failure.ts';
import VerifyField from '#src/components/member/VerifyField.vue';
import { messages } from '#src/locales/zh-CN.ts';
import { useVerifyStore } from '#src/stores/verify.ts';
import { appServices, NOW } from '#tests/support/app-services.ts';
import { allByRole, byRole, nameOf, queryByRole } from '#tests/support/by-role.ts';
import { gate } from '#tests/support/gateway.ts';
import { mountPart } from '#tests/support/mount.ts';

const ASK_ID = '请对方说出身份证的最后四位';
const ASK_PHONE = '请对方说出手机号的最后四位';

let clock: number;

beforeEach(() => {
  clock = NOW;
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

/** Two rows of a member's page, and a relay that answers as it is told. */
function mountRows(verify: (request: VerifyRequest) => Promise<boolean>) {
  const asked: VerifyRequest[] = [];
  const reveal = {
    reveal: () => Promise.reject(new LookupFailure('forbidden')),
    verify(request: VerifyRequest) {
      asked.push(request);
      return verify(request);
    },
  };
  const row = (field: FieldKey) =>
    h('dl', { key: field }, [
      h('dt', { id: field }, messages.fields[field]),
      h('dd', [h(VerifyField, { field, memberRef: 'ref-1', labelId: field })]),
    ]);
  const services = appServices({ url: 'http://127.0.0.1:9/', services: { reveal, now: () => clock } });
  const page = mountPart({ render: () => [row('id_card'), row('telephone')] }, {}, { services });
  return { page, asked };
}

async function pass(ms: number) {
  clock += ms;
  await vi.advanceTimersByTimeAsync(ms);
}

async function open(label = '核对 身份证') {
  byRole('button', label).click();
  await nextTick();
  await nextTick();
}

async function answer(text: string) {
  const box = byRole('textbox');
  box.value = text;
  box.dispatchEvent(new Event('input'));
  await nextTick();
  byRole('button', '核对').click();
  await pass(0);
}

const outcome = () => byRole('status').textContent.trim();

describe('checking the last four', () => {
  it('has a button for each field, named by it', () => {
    mountRows(() => Promise.resolve(true));
    expect(allByRole('button').map(nameOf)).toEqual(['核对 身份证', '核对 手机号']);
  });

  it('opens a box that says what to ask for, and goes to it', async () => {
    mountRows(() => Promise.resolve(true));
    await open();
    const box = byRole('textbox', ASK_ID);
    expect(document.activeElement).toBe(box);
    expect(document.getElementById(box.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      messages.verify.hint,
    );
    expect(box.getAttribute('autocomplete')).toBe('off');
  });

  it('offers a number pad, but not for an ID number, which may end in X', async () => {
    mountRows(() => Promise.resolve(true));
    await open();
    expect(byRole('textbox').getAttribute('inputmode')).toBe('text');
    await open('核对 手机号');
    expect(byRole('textbox').getAttribute('inputmode')).toBe('numeric');
  });

  it.each(['', '123', ' 12 '])('asks nobody about %j, and goes back to the box', async (typed) => {
    const { asked } = mountRows(() => Promise.resolve(true));
    await open();
    byRole('button', '收起').focus();
    await answer(typed);
    expect(outcome()).toBe('请输入四位。');
    expect(byRole('textbox').getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(byRole('textbox'));
    expect(asked).toEqual([]);
  });

  it.each([
    [true, '一致'],
    [false, '不一致'],
  ])('tells a match: %s', async (isMatch, words) => {
    const { asked } = mountRows(() => Promise.resolve(isMatch));
    await open();
    await answer(' 012X ');
    expect(asked).toEqual([{ ref: 'ref-1', field: 'id_card', answer: '012X' }]);
    expect(outcome()).toBe(words);
  });

  it('asks once while the answer is under way, and its button can keep the focus', async () => {
    const { opened, open: letGo } = gate();
    const { asked } = mountRows(() => opened.then(() => true));
    await open();
    await answer('1234');
    const button = byRole('button', '核对');
    expect(button.getAttribute('aria-busy')).toBe('true');
    expect(button.hasAttribute('disabled')).toBe(false);
    expect(outcome()).toBe('');
    button.click();
    await pass(0);
    expect(asked).toHaveLength(1);
    letGo();
    await pass(0);
    expect(outcome()).toBe('一致');
    expect(button.getAttribute('aria-busy')).toBe('false');
  });

  it('says why it cannot be told, and can be tried again', async () => {
    let isDown = true;
    mountRows(() => (isDown ? Promise.reject(new LookupFailure('offline')) : Promise.resolve(true)));
    await open();
    await answer('1234');
    expect(outcome()).toBe('连不上网络');
    isDown = false;
    await answer('1234');
    expect(outcome()).toBe('一致');
  });

  it('is closed for a while after too many tries, says until when, and then goes on', async () => {
    mountRows(() => Promise.reject(new LookupFailure('limited', { retryAt: NOW + 90_000 })));
    await open();
    byRole('button', '核对').focus();
    await answer('1234');
    expect(outcome()).toMatch(/^试得太多了，暂时不能核对。\s*\d{2}:\d{2} 之后可以继续。$/);
    expect(byRole('button', '核对').hasAttribute('disabled')).toBe(true);
    expect(document.activeElement).toBe(byRole('textbox'));
    await pass(89_000);
    expect(byRole('button', '核对').hasAttribute('disabled')).toBe(true);
    await pass(2_000);
    expect(outcome()).toBe('现在可以继续核对了。');
    expect(byRole('button', '核对').hasAttribute('disabled')).toBe(false);
  });

  it('is closed without an hour where none was told', async () => {
    mountRows(() => Promise.reject(new LookupFailure('limited')));
    await open();
    await answer('1234');
    expect(outcome()).not.toContain('之后可以继续');
  });

  it.each([
    ['its button', () => byRole('button', '收起').click()],
    [
      'Escape',
      () => byRole('textbox').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
    ],
  ])('closes by %s, and gives the focus back', async (_way, close) => {
    mountRows(() => Promise.resolve(true));
    await open();
    close();
    await pass(0);
    expect(queryByRole('textbox')).toBeUndefined();
    expect(document.activeElement).toBe(byRole('button', '核对 身份证'));
  });

  it('begins anew when it is opened again', async () => {
    mountRows(() => Promise.resolve(false));
    await open();
    await answer('1234');
    byRole('button', '收起').click();
    await pass(0);
    await open();
    expect(byRole('textbox').value).toBe('');
    expect(outcome()).toBe('');
  });

  it('is open for one field at a time, and drops the answer to the one before', async () => {
    const { opened, open: letGo } = gate();
    mountRows(() => opened.then(() => true));
    await open();
    await answer('1234');
    await open('核对 手机号');
    letGo();
    await pass(0);
    expect(queryByRole('textbox', ASK_ID)).toBeUndefined();
    expect(document.activeElement).toBe(byRole('textbox', ASK_PHONE));
    expect(outcome()).toBe('');
  });

  it('forgets what came of it when the page is left', async () => {
    const { page } = mountRows(() => Promise.resolve(true));
    await open();
    await answer('1234');
    const store = useVerifyStore();
    expect(store.check).toEqual({ status: 'answered', match: true });
    page.unmount();
    expect(store.check).toEqual({ status: 'idle' });
    expect(store.openField).toBeUndefined();
  });
});

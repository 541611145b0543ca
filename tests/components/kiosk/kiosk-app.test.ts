import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { DEFAULT_APP_CONFIG } from '#contract/app-config.ts';
import type { Member } from '#contract/member.ts';
import type { SessionAnswer } from '#contract/session.ts';
import { LookupFailure } from '#src/api/failure.ts';
import type { SessionApi } from '#src/api/session.ts';
import { loadLanguage } from '#src/kiosk/words.ts';
import type { Services } from '#src/services.ts';
import { appServices, NOW } from '#tests/support/app-services.ts';
import { allByRole, byRole, nameOf, queryByRole, wordsIn } from '#tests/support/by-role.ts';
import { chanceOf, strokesOf } from '#tests/support/key-sequences.ts';
import type { Habit } from '#tests/support/key-sequences.ts';
import { eventOf } from '#tests/support/kiosk-desk.ts';
import { membersApi, startVisit } from '#tests/support/kiosk-visit.ts';
import { eventually } from '#tests/support/mount.ts';

const NAMESAKES: Member[] = [
  { name: '张伟', ref: 'r0', college: '文学院' },
  { name: '张伟', ref: 'r1', college: '理学院' },
];

/** 1 finds one, 2 finds two, anything else nobody; a reference finds its own. */
const people = (asked: string) =>
  Promise.resolve(
    NAMESAKES.filter(({ ref }, index) => ref === asked || index < Number(/^[12]$/.exec(asked)?.[0] ?? 0)),
  );

const kioskServices = (services: Partial<Services> = {}) =>
  appServices({
    url: 'http://127.0.0.1:9/',
    config: {
      school: { name: '青屿大学', logo: '', accent: '', contact: '服务台 8591 0000', privacyUrl: '' },
      kiosk: { ...DEFAULT_APP_CONFIG.kiosk, idleSeconds: 45, warningSeconds: 20 },
    },
    services: { members: membersApi(people).api, ...services },
  });

const heading = () => wordsIn(byRole('heading'));

/** Waits for the first screen, then goes by the number pad. */
async function visit(services = kioskServices()) {
  const started = await startVisit({ services });
  await shown(() => expect(heading()).toBe('查一查是谁'));
  return started;
}

async function typeNumber() {
  byRole('button', /^输入电子卡号/).click();
  await shown(() => expect(queryByRole('searchbox')).toBeDefined());
}

/** As a screen reader or a switch presses a key of the screen: without a pointer. */
async function lookUp(number: string) {
  await typeNumber();
  for (const key of number) byRole('button', key).click();
  byRole('button', '确定').click();
}

/** Waiting must not pass any fake time. */
async function shown(check: () => void) {
  if (!vi.isFakeTimers()) return eventually(check);
  await vi.advanceTimersByTimeAsync(0);
  check();
}

describe('a visit', () => {
  it('begins at the first screen, with nothing to end', async () => {
    const { isIdle } = await visit();
    expect(isIdle()).toBe(true);
    expect(queryByRole('button', '结束')).toBeUndefined();
    expect(document.title).toBe('校园卡查询');
  });

  it('looks a number up from the screen’s keys, and opens the only one who is found', async () => {
    await visit();
    await lookUp('1');
    await eventually(() => expect(heading()).toBe('张伟'));
    expect(byRole('searchbox').textContent).toBe('1');
    expect(queryByRole('button', '再查一位')).toBeDefined();
    expect(queryByRole('button', '确定')).toBeUndefined();
  });

  it('lets a visitor choose among several, and come back to them', async () => {
    await visit();
    await lookUp('2');
    await eventually(() => expect(allByRole('link').map(nameOf)).toEqual(['张伟 文学院', '张伟 理学院']));
    expect(document.body.textContent).toContain('点左边的卡片，看详细信息');
    byRole('link', '张伟 理学院').click();
    await eventually(() => expect(queryByRole('button', '返回结果')).toBeDefined());
    await eventually(() => expect(document.querySelector('dd')?.textContent.trim()).toBe('理学院'));
    byRole('button', '返回结果').click();
    await eventually(() => expect(queryByRole('button', '返回结果')).toBeUndefined());
    expect(allByRole('link')).toHaveLength(2);
    expect(document.activeElement).toBe(byRole('link', '张伟 理学院'));
  });

  it('says who was not found', async () => {
    await visit();
    await lookUp('0');
    await eventually(() => expect(document.body.textContent).toContain('没有找到“0”'));
    expect(queryByRole('button', '重新输入')).toBeDefined();
  });

  it('is ended by its button', async () => {
    const { ends, isIdle } = await visit();
    await typeNumber();
    expect(isIdle()).toBe(false);
    byRole('button', '结束').click();
    expect(ends()).toBe(1);
  });

  it('is on while somebody reads the notice, or has another language, on the first screen too', async () => {
    const { isIdle } = await visit();
    byRole('button', '隐私').click();
    expect(isIdle()).toBe(false);
    await eventually(() => expect(queryByRole('button', '知道了')).toBeDefined());
    byRole('button', '知道了').click();
    expect(isIdle()).toBe(true);
    byRole('button', 'English').click();
    await eventually(() => expect(heading()).toBe('Who is it?'));
    expect(isIdle()).toBe(false);
  });

  it('is ended where the screen is hidden: whoever comes back may be somebody else', async () => {
    const { ends } = await visit();
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(ends()).toBe(1);
  });

  it('goes on in the other language', async () => {
    await visit();
    expect(byRole('button', 'English').lang).toBe('en');
    byRole('button', 'English').click();
    await eventually(() => expect(heading()).toBe('Who is it?'));
    expect(document.documentElement.lang).toBe('en');
    expect(byRole('button', '中文').lang).toBe('zh-CN');
    byRole('button', '中文').click();
    await eventually(() => expect(heading()).toBe('查一查是谁'));
  });

  it('that is over has no say in the language of the next', async () => {
    const { takeDown } = await visit();
    byRole('button', 'English').click();
    takeDown();
    const next = await visit();
    await loadLanguage('en');
    await nextTick();
    expect(document.documentElement.lang).toBe('zh-CN');
    expect(document.title).toBe('校园卡查询');
    expect(next.isIdle()).toBe(true);
  });
});

describe('the privacy notice', () => {
  it('is a dialog over a screen that waits, and gives the focus back', async () => {
    await visit();
    const opener = byRole('button', '隐私');
    opener.focus();
    opener.click();
    await eventually(() => expect(queryByRole('dialog', '隐私说明')).toBeDefined());
    expect(byRole('dialog').textContent).toContain('需要帮助？服务台 8591 0000');
    expect(document.activeElement).toBe(byRole('button', '知道了'));
    expect(opener.closest('[inert]')).not.toBeNull();
    expect(document.querySelector('main')?.closest('[inert]')).not.toBeNull();
    byRole('button', '知道了').click();
    await eventually(() => expect(queryByRole('dialog')).toBeUndefined());
    await eventually(() => expect(document.activeElement).toBe(opener));
    expect(opener.closest('[inert]')).toBeNull();
  });
});

describe('a visitor who is gone', () => {
  beforeEach(() => void vi.useFakeTimers({ now: NOW }));
  afterEach(() => void vi.useRealTimers());

  const services = () => kioskServices({ now: () => Date.now() });
  const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);

  async function visitAndLeave() {
    const started = await visit(services());
    await typeNumber();
    await seconds(45);
    return started;
  }

  it('is asked after, and counted down to the end of the visit', async () => {
    const { ends } = await visitAndLeave();
    const dialog = byRole('alertdialog');
    expect(nameOf(dialog)).toBe('您还在吗？');
    expect(dialog.textContent).toContain('20 秒后将清除屏幕');
    await seconds(19);
    expect(dialog.textContent).toContain('1 秒后将清除屏幕');
    expect(ends()).toBe(0);
    await seconds(1);
    expect(ends()).toBe(1);
    await seconds(60);
    expect(ends()).toBe(1);
  });

  it('is not asked a second too soon', async () => {
    await visit(services());
    await typeNumber();
    await seconds(44);
    expect(queryByRole('alertdialog')).toBeUndefined();
  });

  it('goes on by the one button, with as much time as before', async () => {
    const { ends } = await visitAndLeave();
    await seconds(15);
    expect(document.activeElement).toBe(byRole('button', '我还在，继续'));
    byRole('button', '我还在，继续').click();
    await seconds(1);
    expect(queryByRole('alertdialog')).toBeUndefined();
    expect(queryByRole('searchbox')).toBeDefined();
    await seconds(43);
    expect(queryByRole('alertdialog')).toBeUndefined();
    await seconds(1);
    expect(queryByRole('alertdialog')).toBeDefined();
    expect(ends()).toBe(0);
  });

  it.each(['pointerdown', 'touchstart'])(
    'is there by plain taps, where an engine tells of %s alone',
    async (sign) => {
      const { ends } = await visit(services());
      await typeNumber();
      for (let tap = 0; tap < 4; tap += 1) {
        await seconds(40);
        byRole('searchbox').dispatchEvent(new Event(sign, { bubbles: true }));
      }
      expect(queryByRole('alertdialog')).toBeUndefined();
      expect(ends()).toBe(0);
    },
  );

  it('is not missed on the first screen, where nobody is', async () => {
    const { ends } = await visit(services());
    await seconds(600);
    expect(queryByRole('alertdialog')).toBeUndefined();
    expect(ends()).toBe(0);
  });

  it('is missed on the first screen where another language was left, however often its button was pressed', async () => {
    const { ends } = await visit(services());
    const button = byRole('button', 'English');
    button.click();
    button.click();
    await loadLanguage('en');
    await shown(() => expect(heading()).toBe('Who is it?'));
    await seconds(45);
    expect(nameOf(byRole('alertdialog'))).toBe('Are you still there?');
    await seconds(20);
    expect(ends()).toBe(1);
  });

  it('is missed on the first screen where the notice was left open', async () => {
    const { ends } = await visit(services());
    byRole('button', '隐私').click();
    await seconds(45);
    expect(nameOf(byRole('alertdialog'))).toBe('您还在吗？');
    expect(queryByRole('dialog')).toBeUndefined();
    await seconds(20);
    expect(ends()).toBe(1);
  });
});

describe('a scan that names nobody', () => {
  /** A reader's keys, all at once. */
  function scan(text: string) {
    const start = performance.now();
    const reader: Habit = { gap: [1, 3], dwell: [1, 1], suffix: 'Enter' };
    for (const stroke of strokesOf(text, reader, chanceOf(1), 0))
      window.dispatchEvent(eventOf(stroke, start));
  }

  it('is explained by a dialog, until that is closed', async () => {
    await visit();
    scan('http://pay.example/3');
    await eventually(() => expect(queryByRole('dialog', '扫到的是一个网址')).toBeDefined());
    expect(byRole('dialog').textContent).toContain('请扫校园卡上的条码');
    byRole('button', '知道了').click();
    await eventually(() => expect(queryByRole('dialog')).toBeUndefined());
    expect(heading()).toBe('查一查是谁');
  });

  it('is forgotten with the next that does', async () => {
    await visit();
    scan('http://pay.example/3');
    await eventually(() => expect(queryByRole('dialog')).toBeDefined());
    scan('1');
    await eventually(() => expect(queryByRole('dialog')).toBeUndefined());
    await eventually(() => expect(heading()).toBe('张伟'));
  });
});

describe('a kiosk without a network', () => {
  it('says so, for as long as it is gone', async () => {
    await visit();
    const bar = () => allByRole('status').map(wordsIn);
    expect(bar()).toEqual([]);
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    window.dispatchEvent(new Event('offline'));
    await eventually(() => expect(bar()).toEqual(['网络断开了，恢复后会自动继续']));
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(true);
    window.dispatchEvent(new Event('online'));
    await eventually(() => expect(bar()).toEqual([]));
  });
});

describe('a kiosk that is not enrolled', () => {
  beforeEach(() => void vi.useFakeTimers({ now: NOW }));
  afterEach(() => void vi.useRealTimers());

  const answer = (viewer: SessionAnswer['viewer']): SessionAnswer => ({
    errcode: 0,
    errmsg: 'ok',
    viewer,
    signInUrl: 'auth/login',
    canSignOut: false,
    signOutUrl: '',
    expiresIn: null,
    demoKinds: [],
  });

  const sessions = (current: SessionApi['current']): SessionApi => ({
    current,
    signOut: () => Promise.resolve(),
    become: () => Promise.reject(new LookupFailure('forbidden')),
  });

  async function start(current: SessionApi['current']) {
    await startVisit({ services: kioskServices({ session: sessions(current), now: () => Date.now() }) });
    await vi.advanceTimersByTimeAsync(0);
  }

  it.each([
    ['nobody', null],
    ['a person who signed in', { kind: 'staff' as const, searches: [] }],
  ])('serves nobody while the relay knows it as %s', async (_who, viewer) => {
    await start(() => Promise.resolve(answer(viewer)));
    expect(heading()).toBe('这台终端还不能查询');
    expect(queryByRole('button', /^输入电子卡号/)).toBeUndefined();
  });

  it('serves visitors within a minute of being enrolled', async () => {
    let viewer: SessionAnswer['viewer'] = null;
    await start(() => Promise.resolve(answer(viewer)));
    viewer = { kind: 'kiosk', searches: [] };
    await vi.advanceTimersByTimeAsync(60_000);
    expect(heading()).toBe('查一查是谁');
  });

  it('goes on serving while the relay cannot be asked', async () => {
    await start(() => Promise.reject(new LookupFailure('offline')));
    expect(heading()).toBe('查一查是谁');
  });

  it('shows it at the first lookup that is refused for it', async () => {
    let isRevoked = false;
    const { api } = membersApi(() => Promise.reject(new LookupFailure('signed-out')));
    const current = () => Promise.resolve(answer(isRevoked ? null : { kind: 'kiosk', searches: [] }));
    await startVisit({
      services: kioskServices({ session: sessions(current), members: api, now: () => Date.now() }),
    });
    await vi.advanceTimersByTimeAsync(0);
    isRevoked = true;
    await lookUp('1');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(heading()).toBe('这台终端还不能查询');
  });
});

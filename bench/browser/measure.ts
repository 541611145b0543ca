import type { Browser } from '@playwright/test';
import { setTimeout as wait } from 'node:timers/promises';
import { ONLOOKER, onNewPhone, openOn } from './phone.ts';
import type { OpenPage, Viewer } from './phone.ts';
import type { Subject } from './subjects.ts';

const ONE_HIT = '阿卜杜拉·买买提';
const MANY_HITS = '王芳';
/** Between two keys of somebody who types at a person's pace. */
const KEY_MS = 150;

/** How long a page is watched once it has loaded: what it does when idle counts too. */
const SETTLE_MS = 2_500;
/** Flicks through the first 150 of the namesakes, px and px/s. */
const SCROLL = { distance: 18_000, speed: 4_000 };

/** Measure → its number, in the measure's own unit. */
export type Numbers = Record<string, number>;

/** Somebody opens the page for the first time, and only looks. */
export function look(browser: Browser, subject: Subject): Promise<Numbers> {
  return onNewPhone(browser, async (phone) => {
    const opened = await openOn(phone, subject, ONLOOKER);
    await settle(opened);
    const { firstPaint, blocked, layoutShift } = await opened.numbers();
    return { firstPaint, blocked, layoutShift };
  });
}

/** Somebody searches the moment that the box is there: at their first visit, and at the second. */
export function searchTwice(browser: Browser, subject: Subject): Promise<Numbers> {
  return onNewPhone(browser, async (phone) => {
    const first = await openOn(phone, subject, impatient(ONE_HIT));
    await first.until('result');
    await settle(first);
    const cold = await first.numbers();
    await first.page.close();
    const second = await openOn(phone, subject, impatient(ONE_HIT));
    await second.until('result');
    const warm = await second.numbers();
    return {
      box: cold.box,
      resultCold: cold.result,
      resultWarm: warm.result,
      blockedImpatient: cold.blocked,
      layoutShiftImpatient: cold.layoutShift,
      bytesToBox: first.wire.bytesUntil(cold.box),
      bytesToResult: first.wire.bytesUntil(cold.result),
    };
  });
}

/** Somebody types at a person's pace from the first paint on, and presses Enter. */
export function searchAtAPersonsPace(browser: Browser, subject: Subject): Promise<Numbers> {
  return onNewPhone(browser, async (phone) => {
    const opened = await openOn(phone, subject, { keyword: ONE_HIT, isImpatient: false });
    await opened.until('box');
    for (const key of [...Array.from(ONE_HIT), 'Enter']) {
      await wait(KEY_MS);
      await opened.press(key);
    }
    await opened.until('result');
    return { enterToResult: (await opened.numbers()).enterToResult };
  });
}

/** 2,000 namesakes: from the answer to the first card, and what scrolling through them costs. */
export function meetNamesakes(browser: Browser, subject: Subject): Promise<Numbers> {
  return onNewPhone(browser, async (phone) => {
    const opened = await openOn(phone, subject, impatient(MANY_HITS));
    await opened.until('result');
    await settle(opened);
    const { page } = opened;
    const { answer, result } = await opened.numbers();
    await page.evaluate(() => (window.bench.longestTask = 0));
    const devtools = await phone.newCDPSession(page);
    await devtools.send('Input.synthesizeScrollGesture', {
      x: 195,
      y: 700,
      yDistance: -SCROLL.distance,
      speed: SCROLL.speed,
      gestureSourceType: 'touch',
    });
    const { longestTask } = await opened.numbers();
    const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
    return { namesakes: result - answer, namesakesNodes: nodes, namesakesScrollTask: longestTask };
  });
}

/** Somebody reads the card that was found, and taps it. */
export function openMember(browser: Browser, subject: Subject): Promise<Numbers> {
  return onNewPhone(browser, async (phone) => {
    const opened = await openOn(phone, subject, impatient(ONE_HIT));
    await opened.until('result');
    await settle(opened);
    await opened.page.locator(subject.resultSelector).first().tap();
    await opened.until('tapToHead');
    await settle(opened);
    const { tapToHead, layoutShift } = await opened.numbers();
    return { tapToHead, layoutShiftMember: layoutShift, bytesToMember: opened.wire.bytesUntil(Infinity) };
  });
}

function impatient(keyword: string): Viewer {
  return { keyword, isImpatient: true };
}

async function settle({ page }: OpenPage) {
  await page.waitForLoadState('load');
  await page.waitForTimeout(SETTLE_MS);
}

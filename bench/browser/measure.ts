import type { Browser, BrowserContext, Page } from '@playwright/test';
import { watchPage } from './page.ts';
import type { PageNumbers } from './page.ts';
import type { Subject } from './subjects.ts';

/** A slow phone on campus Wi-Fi: 1.6 Mbit/s, 150 ms, a CPU four times slower than this machine's. */
const NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (0.75 * 1024 * 1024) / 8,
};
const CPU_SLOWDOWN = 4;
const RESULT_DEADLINE_MS = 30_000;
/** How long a page is watched that nothing is submitted to. */
const SETTLE_MS = 2500;

export const ONE_HIT = '阿卜杜拉·买买提';
const MANY_HITS = '王芳';

const PHONE = {
  viewport: { width: 390, height: 844 },
  locale: 'zh-CN',
  hasTouch: true,
  deviceScaleFactor: 2,
};

export interface Visit {
  cold: PageNumbers;
  warm: PageNumbers;
}

/** A first visit and a second one, without (`keyword` empty) or with an impatient viewer's search. */
export async function visitTwice(browser: Browser, subject: Subject, keyword: string): Promise<Visit> {
  return inNewContext(browser, async (context) => ({
    cold: await visit(context, subject, keyword),
    warm: await visit(context, subject, keyword),
  }));
}

export interface ManyNumbers {
  answerToResult: number;
  domNodes: number;
  longestScrollTask: number;
}

/** 2,000 namesakes: from the answer to the first card, and what scrolling through them costs. */
export async function meetNamesakes(browser: Browser, subject: Subject): Promise<ManyNumbers> {
  return inNewContext(browser, async (context) => {
    const page = await open(context, subject, MANY_HITS);
    const { answerToResult } = await numbersOf(page);
    const domNodes = await page.evaluate(() => document.querySelectorAll('*').length);
    await page.evaluate(() => (window.bench.longestTask = 0));
    for (let step = 0; step < 20; step += 1) {
      await page.mouse.wheel(0, 900);
      await page.waitForTimeout(60);
    }
    await page.waitForTimeout(300);
    const { longestTask } = await numbersOf(page);
    return { answerToResult, domNodes, longestScrollTask: longestTask };
  });
}

export interface OpenNumbers {
  /** From the tap to the member's head on screen, ms. */
  tapToHead: number;
  /** Bytes over the wire until the member was open. */
  bytes: number;
}

export async function openMember(browser: Browser, subject: Subject): Promise<OpenNumbers> {
  return inNewContext(browser, async (context) => {
    const page = await open(context, subject, ONE_HIT);
    // The viewer reads the card before the tap.
    await page.waitForTimeout(SETTLE_MS);
    const tapToHead = await page.evaluate(
      ({ selector, name }) =>
        new Promise<number>((resolve) => {
          const start = performance.now();
          const look = () => {
            const isThere = document.querySelector('h1')?.textContent.includes(name) === true;
            if (isThere) requestAnimationFrame(() => resolve(performance.now() - start));
            else requestAnimationFrame(look);
          };
          document.querySelector<HTMLElement>(selector)?.click();
          requestAnimationFrame(look);
        }),
      { selector: subject.resultSelector, name: ONE_HIT },
    );
    await page.waitForTimeout(SETTLE_MS);
    const { bytes } = await numbersOf(page);
    return { tapToHead, bytes };
  });
}

async function visit(context: BrowserContext, subject: Subject, keyword: string): Promise<PageNumbers> {
  const page = await open(context, subject, keyword);
  await page.waitForTimeout(SETTLE_MS);
  const numbers = await numbersOf(page);
  await page.close();
  return numbers;
}

async function open(context: BrowserContext, subject: Subject, keyword: string): Promise<Page> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', NETWORK);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  // The loader that runs the bench marks functions with their names; the page knows nothing of that.
  await page.addInitScript({ content: 'window.__name = (named) => named;' });
  await page.addInitScript(watchPage, { keyword, resultSelector: subject.resultSelector });
  await page.goto(subject.url, { waitUntil: 'commit' });
  if (keyword !== '') {
    await page.waitForFunction(() => window.bench.result > 0, undefined, { timeout: RESULT_DEADLINE_MS });
  }
  return page;
}

function numbersOf(page: Page): Promise<PageNumbers> {
  return page.evaluate(() => window.bench);
}

async function inNewContext<T>(browser: Browser, use: (context: BrowserContext) => Promise<T>): Promise<T> {
  const context = await browser.newContext(PHONE);
  try {
    return await use(context);
  } finally {
    await context.close();
  }
}

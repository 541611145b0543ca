import { EventEmitter, once } from 'node:events';
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';
import { watchPage } from './watch-page.ts';
import type { PageNumbers } from './watch-page.ts';
import type { Subject } from './subjects.ts';
import { watchWire } from './wire.ts';
import type { Wire } from './wire.ts';

/** A slow phone on campus Wi-Fi, as the devtools protocol takes it: ms, and bytes a second. */
const NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: 1.6e6 / 8,
  uploadThroughput: 0.75e6 / 8,
};
const CPU_SLOWDOWN = 4;

const DEADLINE_MS = 60_000;

const PHONE = {
  viewport: { width: 390, height: 844 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
};

/** A fresh browser profile: no cache, no storage. */
export async function onNewPhone<T>(
  browser: Browser,
  use: (phone: BrowserContext) => Promise<T>,
): Promise<T> {
  const phone = await browser.newContext(PHONE);
  try {
    return await use(phone);
  } finally {
    await phone.close();
  }
}

/** Who sits before the page, and what they search: nothing to look only. */
export interface Viewer {
  readonly keyword: string;
  /** Types and submits the moment that the box is there; others have to be made to. */
  readonly isImpatient: boolean;
}

export const ONLOOKER: Viewer = { keyword: '', isImpatient: false };

/** A page under the phone's terms. */
export interface OpenPage {
  readonly page: Page;
  readonly wire: Wire;
  /** Once the page has told that number; it is left alone until then. */
  until(number: keyof PageNumbers): Promise<void>;
  numbers(): Promise<PageNumbers>;
  /** Presses one key: a character, or `Enter`. */
  press(key: string): Promise<void>;
}

/** @throws when a worker loads: the terms do not reach what it asks for. */
export async function openOn(phone: BrowserContext, subject: Subject, viewer: Viewer): Promise<OpenPage> {
  const page = await phone.newPage();
  const devtools = await phone.newCDPSession(page);
  const wire = await watchWire(devtools);
  const until = await hear(devtools, subject.name);
  await devtools.send('Network.emulateNetworkConditions', NETWORK);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  // The loader that runs the bench marks functions with their names; the page knows nothing of that.
  await page.addInitScript({ content: 'window.__name = (named) => named;' });
  await page.addInitScript(watchPage, { ...viewer, resultSelector: subject.resultSelector });
  await page.goto(subject.url, { waitUntil: 'commit' });
  return {
    page,
    wire,
    until,
    async press(key) {
      const text = key === 'Enter' ? '\r' : key;
      await devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text, unmodifiedText: text });
      await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', key });
    },
    numbers: () => {
      const hasWorker = page.workers().length + phone.serviceWorkers().length > 0;
      if (hasWorker) throw new Error(`${subject.name} has a worker, whose network is not slowed down`);
      return page.evaluate(() => window.bench);
    },
  };
}

async function hear(devtools: CDPSession, name: string): Promise<OpenPage['until']> {
  const told = new Set<string>();
  const heard = new EventEmitter();
  devtools.on('Runtime.bindingCalled', ({ payload }) => {
    told.add(payload);
    heard.emit(payload);
  });
  await devtools.send('Runtime.enable');
  await devtools.send('Runtime.addBinding', { name: 'benchTells' });
  return async (number) => {
    if (told.has(number)) return;
    await once(heard, number, { signal: AbortSignal.timeout(DEADLINE_MS) }).catch(() => {
      throw new Error(`${name} has not come to its ${number} in ${DEADLINE_MS} ms`);
    });
  };
}

import axios from 'axios';
import { keepShell } from './app-shell.ts';

const LOOK_EVERY_MS = 20_000;
/** A page that is older is read anew when nobody is there: settings, certificates, forgotten leaks. */
const OLD_MS = 6 * 3600_000;
/** Between two reloads at least, so that a fault at the start does not become a storm of requests. */
const PAUSE_MS = 30_000;
const DEADLINE_MS = 10_000;
/** As many mistakes within a minute are bad luck; more, and only a fresh page helps. */
const MOST_MISTAKES = 3;
const WITHIN_MS = 60_000;

interface Parts {
  page: Window;
  now: () => number;
  /** Nobody's visit is on. */
  isIdle: () => boolean;
  /** Every file of the app has come that was asked for. */
  isWhole: () => boolean;
  /** Starts a fresh visit. */
  restart: () => void;
}

/** Keeps the kiosk running for weeks without a hand: awake, up to date, and out of every hole. */
export async function keepAlive({ page, now, isIdle, isWhole, restart }: Parts): Promise<void> {
  const startedAt = now();
  let mistakes: number[] = [];
  let isBroken = false;

  /** A fresh visit for the first mistakes that nothing caught, a fresh page once they come thick and fast. */
  function recover(): void {
    mistakes = [...mistakes.filter((at) => now() - at < WITHIN_MS), now()];
    if (mistakes.length <= MOST_MISTAKES) {
      restart();
      return;
    }
    page.setTimeout(
      () => {
        isBroken = true;
        void reload();
      },
      Math.max(0, PAUSE_MS - (now() - startedAt)),
    );
  }

  async function refresh(): Promise<void> {
    if (shell.hasUpdate()) shell.update();
    else if (isBroken || !isWhole() || now() - startedAt > OLD_MS) await reload();
  }

  /** Without a network a reload would trade a working page for the browser's error page. */
  async function reload(): Promise<void> {
    if (await answers(page)) page.location.reload();
  }

  keepAwake(page);
  page.addEventListener('error', ({ error }) => {
    // What was thrown comes along. Without it, the browser tells of something that it did itself: it put what a
    // ResizeObserver saw off until the next frame, in words of its own.
    if (error !== null && error !== undefined) recover();
  });
  page.addEventListener('unhandledrejection', recover);

  const shell = await keepShell(page);
  page.setInterval(() => {
    if (isBroken || isIdle()) void refresh();
  }, LOOK_EVERY_MS);
}

/** Keeps the screen on while the page is shown; a browser gives the lock back each time that it is hidden. */
function keepAwake(page: Window): void {
  // Not in every kiosk browser, whatever the types say.
  const wakeLock = page.navigator.wakeLock as WakeLock | undefined;
  const ask = () => {
    if (!page.document.hidden) wakeLock?.request('screen').catch(() => undefined);
  };
  page.document.addEventListener('visibilitychange', ask);
  ask();
}

async function answers(page: Window): Promise<boolean> {
  const options = { headers: { 'Cache-Control': 'no-store' }, timeout: DEADLINE_MS };
  return axios.head(page.location.href, options).then(
    () => true,
    () => false,
  );
}

import axios from 'axios';
import { keepShell } from './app-shell.ts';
import { onUncaught } from './crash-recovery.ts';
import { keepAwake } from './wake-lock.ts';

const LOOK_EVERY_MS = 20_000;
/** A page that is older is read anew when nobody is there: settings, certificates, forgotten leaks. */
const OLD_MS = 6 * 3600_000;
/** Between two reloads at least, so that a fault at the start does not become a storm of requests. */
const PAUSE_MS = 30_000;
const DEADLINE_MS = 10_000;

interface Parts {
  page: Window;
  now: () => number;
  /** Nobody's visit is on. */
  isIdle: () => boolean;
  /** Starts a fresh visit. */
  restart: () => void;
}

/** Keeps the kiosk running for weeks without a hand: awake, up to date, and out of every hole. */
export async function keepAlive({ page, now, isIdle, restart }: Parts): Promise<void> {
  const startedAt = now();
  keepAwake(page);

  const reload = () => {
    page.setTimeout(() => page.location.reload(), Math.max(0, PAUSE_MS - (now() - startedAt)));
  };
  const uncaught = onUncaught(now, { restart, reload });
  page.addEventListener('error', ({ error }) => {
    // What was thrown comes along. Without it, the browser tells of something that it did itself: it put what a
    // ResizeObserver saw off until the next frame, in words of its own.
    if (error !== null && error !== undefined) uncaught();
  });
  page.addEventListener('unhandledrejection', uncaught);

  const shell = await keepShell(page);
  page.setInterval(() => {
    if (isIdle()) void refresh();
  }, LOOK_EVERY_MS);

  async function refresh(): Promise<void> {
    if (shell.hasUpdate()) shell.update();
    else if (now() - startedAt > OLD_MS && (await answers(page))) page.location.reload();
  }
}

/** Without a network a reload would trade a working page for the browser's error page. */
async function answers(page: Window): Promise<boolean> {
  const options = { headers: { 'Cache-Control': 'no-store' }, timeout: DEADLINE_MS };
  return axios.head(page.location.href, options).then(
    () => true,
    () => false,
  );
}

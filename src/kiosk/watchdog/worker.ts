/**
 * The kiosk's service worker: the page and its files, so that a machine that starts without a network
 * still shows the app, which then says what is missing. Never `/api`, `/auth` or a photo: what is not
 * named here goes past it.
 */
import type { WorkerScope } from './worker-scope.ts';

/** Written in by the build: a hash of the files, and their paths relative to the app's base. */
declare const __SHELL__: { version: string; files: string[] };
declare const self: unknown;

const PREFIX = 'device:shell:';
/** A network that takes longer is as good as none, while somebody waits before a blank screen. */
const PAGE_DEADLINE_MS = 4_000;
const TAKE_OVER = 'take over';

const worker = self as WorkerScope;
const shell = __SHELL__;
const cacheName = PREFIX + shell.version;
const page = worker.registration.scope;
const files = new Set(shell.files.map((file) => new URL(file, worker.location.href).href));

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('message', ({ data }) => {
  if (data === TAKE_OVER) void worker.skipWaiting();
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate' && request.url === page) event.respondWith(answerPage(request));
  else if (files.has(request.url)) event.respondWith(answerFile(request));
});

/** One file after the other: all at once keep the browser from handing a reader's keys to the page. */
async function install(): Promise<void> {
  const cache = await caches.open(cacheName);
  for (const address of [...files, page]) await cache.add(address);
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== cacheName);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** The newest page while there is a network, so that settings change without a new build. */
async function answerPage(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  try {
    const answer = await Promise.race([fetch(request), tooLate()]);
    if (answer.ok) await cache.put(page, answer.clone());
    return answer.status < 500 ? answer : ((await cache.match(page)) ?? answer);
  } catch {
    // No network, or none worth waiting for.
    return (await cache.match(page)) ?? Response.error();
  }
}

/** A request cannot be aborted here: the floor has no AbortController, and the page's polyfills end at the page. */
function tooLate(): Promise<never> {
  return new Promise((_resolve, reject) => setTimeout(reject, PAGE_DEADLINE_MS));
}

/** Names of files hold a hash of what is in them: what is kept is never out of date. */
async function answerFile(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? fetch(request);
}

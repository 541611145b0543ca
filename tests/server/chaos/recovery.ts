import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'node:http';
import { HOST_NAME } from '../deploy/nginx.ts';
import type { Answer } from '../deploy/nginx.ts';
import type { ChaosRelay, Fleet } from './fleet.ts';
import type { Asked, Recovery } from './history.ts';
import { openBrowser } from './session.ts';
import type { Browser } from './session.ts';
import { viewersOf } from './load.ts';

/** Staff who have asked for nothing before: nobody of the load's. */
const FRESH = { first: 400, each: 2 };
const RETRY_MS = 50;
/** However slow the machine is. */
const GIVE_UP_MS = 120_000;

/**
 * Asks each relay by itself until all is as before: ready, a search, a guess (which needs all relays' count), and a
 * sign-out here that holds there.
 *
 * @param parts when the last fault was over, and how long the machine was too slow since then.
 */
export async function recover(
  fleet: Fleet,
  parts: { endedAt: number; withinMs: number; slowMs: () => number; write: (asked: Asked) => void },
): Promise<Recovery> {
  const { endedAt, withinMs, slowMs, write } = parts;
  const staff = viewersOf(FRESH.first + 2 * fleet.relays.length * FRESH.each)
    .slice(FRESH.first)
    .filter(({ kind }) => kind === 'staff');
  const at = (relay: ChaosRelay): Browser =>
    openBrowser({ fleet, send: (path, options) => send(relay.url, path, options), write });
  const missing = new Set<string>();

  async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    for (;;) {
      if (await isSo().catch(() => false)) return;
      const ms = Date.now() - endedAt;
      if (ms - slowMs() > withinMs || ms > GIVE_UP_MS) return void missing.add(what);
      await sleep(RETRY_MS);
    }
  }

  await Promise.all(
    fleet.relays.map(async (relay, place) => {
      const name = `relay ${place + 1}`;
      const viewer = staff[place];
      const about = staff[place + fleet.relays.length]?.cardNumber ?? '';
      const browser = at(relay);
      await until(`${name} is not ready, or without the others`, async () => {
        const { status, body } = await send(relay.url, '/readyz', {});
        return status === 200 && (JSON.parse(body) as { sharedState?: string }).sharedState === 'ok';
      });
      await until(
        `nobody can sign in at ${name}`,
        async () => viewer !== undefined && browser.signIn(viewer),
      );
      let ref: string | undefined;
      await until(`${name} does not search`, async () => {
        const { body } = await browser.lookup('search', about, { keywords: about });
        ref = body.userlist?.[0]?.ref;
        return ref !== undefined;
      });
      await until(`${name} does not verify`, async () => {
        const guess = { ref, field: 'id_card', answer: '0000' };
        return (await browser.lookup('verify', about, guess)).body.match !== undefined;
      });
      await until(`nobody can sign out at ${name}`, async () => (await browser.signOut()).status === 200);
      for (const [other, { url }] of fleet.relays.entries()) {
        const elsewhere = browser.at((path, options) => send(url, path, options));
        await until(`a sign-out at ${name} does not hold at relay ${other + 1}`, async () => {
          const { status } = await elsewhere.lookup('signed-out', about, { keywords: about });
          return status === 401;
        });
      }
    }),
  );
  return { ms: Date.now() - endedAt, slowMs: slowMs(), missing: [...missing] };
}

/** To a relay without the balancer. */
function send(
  url: string,
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      new URL(path, url),
      { method, agent: false, headers: { host: HOST_NAME, 'x-forwarded-proto': 'https', ...headers } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
        );
      },
    );
    asked.once('error', reject);
    asked.end(body);
  });
}

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import { startBalancer } from './support/balancer.ts';
import { startBefore } from './support/entry.ts';
import type { Started } from './support/entry.ts';
import { emulatorFor, HEADERS } from './support/relay.ts';

const REQUESTS = 10_000;
const AT_ONCE = 16;
/** Longer than a relay takes for anything: an answer that is lost is a failure with a name, not a test that hangs. */
const ANSWER_DEADLINE_MS = 15_000;

/** By name: thousands of neighbouring card numbers from one viewer are an enumeration, which the relays slow. */
const NAMES = Object.values(PEOPLE).map(({ fields }) => fields.name);

/** Searches without a pause until it is told to stop, and counts how each ended. */
class Load {
  readonly endings = new Map<string, number>();
  asked = 0;
  #isOver = false;
  readonly #callers: Promise<void>[];

  constructor(url: string) {
    this.#callers = Array.from({ length: AT_ONCE }, () => this.#call(url));
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#callers);
  }

  async #call(url: string): Promise<void> {
    while (!this.#isOver) {
      const keywords = NAMES[(this.asked += 1) % NAMES.length];
      const ending = await endingOf(url, { keywords });
      this.endings.set(ending, (this.endings.get(ending) ?? 0) + 1);
    }
  }
}

async function endingOf(url: string, body: object): Promise<string> {
  try {
    const response = await fetch(`${url}/api/members/search`, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_DEADLINE_MS),
    });
    await response.json();
    return `${response.status} ${response.headers.get('x-why') ?? ''}`.trim();
  } catch (error) {
    return String(error instanceof Error ? (error.cause ?? error) : error);
  }
}

test('two relays are rolled under load behind a balancer, and not one of 10,000 searches fails', async () => {
  const emulator = await emulatorFor();
  const balancer = await startBalancer();
  const relays = await Promise.all([startBefore(emulator.url), startBefore(emulator.url)]);
  for (const { url } of relays) await balancer.add(url);

  const load = new Load(balancer.url);
  const codes = [];
  for (const [index, old] of relays.entries()) {
    await until(() => load.asked > (index + 1) * (REQUESTS / 4));
    codes.push(await roll(old));
  }
  await until(() => load.asked >= REQUESTS);
  await load.stop();

  expect(codes).toEqual([0, 0]);
  expect(Object.fromEntries(load.endings)).toEqual({ 200: load.asked });

  async function roll(old: Started): Promise<number | null> {
    const fresh = await startBefore(emulator.url);
    await balancer.add(fresh.url);
    old.signal('SIGTERM');
    return (await old.ended).code;
  }
}, 240_000);

async function until(isEnough: () => boolean): Promise<void> {
  while (!isEnough()) await sleep(20);
}

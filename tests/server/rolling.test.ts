import { expect, test } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import { startBalancer } from './support/balancer.ts';
import { startBefore } from './support/entry.ts';
import { emulatorFor, HEADERS } from './support/relay.ts';

const REQUESTS = 10_000;
const AT_ONCE = 16;
const CARD_NUMBERS = Object.values(PEOPLE).map(({ fields }) => fields.card_number);

test('two relays are rolled under load behind a balancer, and not one of 10,000 searches fails', async () => {
  const emulator = await emulatorFor();
  const balancer = await startBalancer();
  const relays = await Promise.all([startBefore(emulator.url), startBefore(emulator.url)]);
  for (const { url } of relays) await balancer.add(url);

  const statuses = new Map<number, number>();
  let asked = 0;
  const load = Array.from({ length: AT_ONCE }, async () => {
    while (asked < REQUESTS) {
      const keywords = CARD_NUMBERS[(asked += 1) % CARD_NUMBERS.length];
      const response = await fetch(`${balancer.url}/api/members/search`, {
        method: 'POST',
        headers: HEADERS,
        body: JSON.stringify({ keywords }),
      });
      await response.arrayBuffer();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    }
  });

  const codes = [];
  for (const old of relays) {
    const fresh = await startBefore(emulator.url);
    await balancer.add(fresh.url);
    old.signal('SIGTERM');
    codes.push((await old.ended).code);
  }
  expect(asked).toBeLessThan(REQUESTS);
  await Promise.all(load);
  expect(codes).toEqual([0, 0]);
  expect(Object.fromEntries(statuses)).toEqual({ 200: expect.any(Number) as number });
  expect(statuses.get(200)).toBeGreaterThanOrEqual(REQUESTS);
}, 300_000);

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import { APP_KEY, APP_SECRET, OCODE } from '#emulator/applications.ts';
import { walkTrail } from '#server/audit/walk.ts';
import { KEYS, SECRET } from './audit/samples.ts';
import { makeFolder, openTestTrail } from './audit/support.ts';
import { start } from './support/entry.ts';
import { emulatorFor, HEADERS } from './support/relay.ts';

const LIVES = 3;
const ANSWERS_PER_LIFE = 500;
const AT_ONCE = 32;
const CARD_NUMBERS = Object.values(PEOPLE).map(({ fields }) => fields.card_number);

/** Searches without a pause until the relay is gone. @returns the request ids of all that was disclosed. */
async function searchUntilKilled(url: string, onAnswer: (count: number) => void): Promise<string[]> {
  const disclosed: string[] = [];
  const load = Array.from({ length: AT_ONCE }, async (_, index) => {
    for (let turn = index; ; turn += 1) {
      const body = JSON.stringify({ keywords: CARD_NUMBERS[turn % CARD_NUMBERS.length] });
      try {
        // The head alone counts: its body may hold a member already.
        const response = await fetch(`${url}/api/members/search`, { method: 'POST', headers: HEADERS, body });
        expect(response.status).toBe(200);
        onAnswer(disclosed.push(response.headers.get('x-request-id') ?? ''));
        await response.arrayBuffer();
      } catch (error) {
        if (error instanceof TypeError) return; // Nobody answers any more.
        throw error;
      }
    }
  });
  await Promise.all(load);
  return disclosed;
}

test('a relay is killed under load, and every answer that left it has its record in a chain that verifies', async () => {
  const emulator = await emulatorFor();
  const file = join(await makeFolder(), 'audit.ndjson');
  const disclosed: string[] = [];
  for (let life = 0; life < LIVES; life += 1) {
    const relay = await start({
      WECARD_BASE_URL: emulator.url,
      WECARD_APP_KEY: APP_KEY,
      WECARD_APP_SECRET: APP_SECRET,
      WECARD_OCODE: OCODE,
      SIGN_IN: 'none',
      AUDIT_FILE: file,
      AUDIT_KEY: SECRET.toString('base64'),
    });
    await relay.prints('is ready');
    const answers = await searchUntilKilled(relay.url, (count) => {
      if (count === ANSWERS_PER_LIFE) relay.signal('SIGKILL');
    });
    await relay.ended;
    expect(answers.length).toBeGreaterThanOrEqual(ANSWERS_PER_LIFE);
    disclosed.push(...answers);
  }

  await (await openTestTrail({ file })).close();
  const recorded = new Set<unknown>();
  const walked = await walkTrail(file, KEYS, (record) => {
    if ('request' in record) recorded.add(record.request);
  });
  expect(walked.problems).toEqual([]);
  expect(disclosed.filter((id) => !recorded.has(id))).toEqual([]);
}, 300_000);

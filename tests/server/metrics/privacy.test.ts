import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FAILURE_KINDS } from '#contract/errors.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { CALL_NAMES, CALL_OUTCOMES } from '#server/metrics/platform-calls.ts';
import { VERSION } from '#server/version.ts';
import { ask, emulatorFor, HEADERS, search } from '../support/relay.ts';
import { samplesIn, startMeasuredRelay } from './scrape.ts';
import type { MeasuredRelay } from './scrape.ts';

const OUTCOMES = ['ok', 'match', 'no-match', 'missing', ...FAILURE_KINDS, ...CALL_OUTCOMES];

/** Every label of ours, with all that it may ever say. */
function closedSets({ relay }: MeasuredRelay): Record<string, readonly string[] | RegExp> {
  return {
    route: ['none', ...relay.app.declaredRoutes.map(({ url }) => url)],
    status: ['2xx', '3xx', '4xx', '5xx'],
    call: CALL_NAMES,
    outcome: OUTCOMES,
    kind: FAILURE_KINDS,
    event: ['search', 'view', 'reveal', 'verify'],
    result: ['written', 'refused'],
    alarm: ['enumeration', 'enumeration-slowed'],
    version: [VERSION],
    le: /^(\d+(\.\d+)?|\+Inf)$/,
  };
}

/** What a label says beyond its set, in all that stands there now. */
async function strangeLabels(relay: MeasuredRelay): Promise<string[]> {
  const sets = closedSets(relay);
  const ours = samplesIn(await relay.scrape()).filter(({ name }) => name.startsWith('wecard_lookup_'));
  expect(ours.length).toBeGreaterThan(100);
  return ours.flatMap(({ labels }) =>
    Object.entries(labels)
      .filter(([label, value]) => {
        const set = sets[label];
        return set instanceof RegExp ? !set.test(value) : set?.includes(value) !== true;
      })
      .map(([label, value]) => `${label}=${value}`),
  );
}

it('no name, number or value of a member ever stands in the metrics', async () => {
  const emulator = await emulatorFor();
  const relay = await startMeasuredRelay({ platform: emulator.url });
  const people = Object.values(PEOPLE).map(({ fields }) => fields);
  for (const { name, card_number: cardNumber } of people) {
    const { body } = await search(relay.url, name);
    await search(relay.url, cardNumber);
    const [first] = body.userlist;
    for (const field of ['telephone', 'id_card']) {
      await ask(relay.url, { ref: first?.ref ?? '', field, reason: 'a reason' }, {}, 'reveal');
      await ask(relay.url, { ref: first?.ref ?? '', field, answer: '1234' }, {}, 'verify');
    }
    await fetch(`${relay.url}/members/${encodeURIComponent(cardNumber)}`, {
      headers: { 'user-agent': cardNumber },
    });
  }
  expect(await relay.valueOf('lookups_total', { outcome: 'ok' })).toBeGreaterThan(people.length);

  const text = await relay.scrape();
  // Shorter ones stand in any number.
  const values = people
    .flatMap((fields) => Object.values(fields).map(String))
    .filter((value) => /\p{Script=Han}|@/u.test(value) || value.length >= 8);
  expect(values.length).toBeGreaterThan(people.length * 3);
  expect(values.filter((value) => text.includes(value))).toEqual([]);
  expect(await strangeLabels(relay)).toEqual([]);
});

it('whatever is asked for, labels are of closed sets', async () => {
  const emulator = await emulatorFor(20);
  const relay = await startMeasuredRelay({ platform: emulator.url });
  const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(
      word,
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PROPFIND'),
      fc.constantFrom('', 'api/members/', 'api/photos/', 'auth/', 'kiosk/', 'assets/'),
      fc.boolean(),
      async (text, method, folder, isSearch) => {
        if (isSearch) await search(relay.url, text);
        else {
          const headers = { ...HEADERS, 'x-forwarded-user': encodeURIComponent(text) };
          await fetch(`${relay.url}/${folder}${encodeURIComponent(text)}`, { method, headers });
        }
      },
    ),
    { numRuns: 150 },
  );
  expect(await strangeLabels(relay)).toEqual([]);
});

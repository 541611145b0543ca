import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import { newKiosksFile } from '../kiosks/folder.ts';
import { startRedis } from '../support/redis.ts';
import { ask, emulatorFor, search, startRelay } from '../support/relay.ts';

const { name: NAME, card_number: CARD_NUMBER } = PEOPLE.everyField.fields;

const DESK = {
  name: 'desk',
  kinds: ['staff'],
  shown: ['name'],
  masked: ['telephone'],
  revealable: ['telephone'],
  verifiable: ['id_card'],
};

test('while Redis is away the last four are not checked, and members are found and values shown', async () => {
  const emulator = await emulatorFor();
  const redis = await startRedis();
  const { url, log } = await startRelay({
    platform: emulator.url,
    variables: {
      REDIS_URL: redis.url,
      SESSION_KEYS: randomBytes(32).toString('base64'),
      KIOSKS_FILE: await newKiosksFile(),
    },
    policy: JSON.stringify({ profiles: [DESK] }),
  });
  const refOf = async () => (await search(url, CARD_NUMBER)).body.userlist[0]?.ref ?? '';
  const check = async () => ask(url, { ref: await refOf(), field: 'id_card', answer: '1234' }, {}, 'verify');

  await expect.poll(async () => (await check()).status).toBe(200);
  await redis.kill();
  await expect.poll(async () => (await check()).status).toBe(503);
  const refused = await check();
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(refused.body.errmsg).toBe('This cannot be done right now. Try again in a moment.');
  // The line is written behind the answer.
  await expect
    .poll(() => JSON.parse(log().trim().split('\n').at(-1) ?? '') as unknown)
    .toMatchObject({ msg: 'answered', status: 503, kind: 'busy', reason: 'shared-state-away' });
  expect((await ask(url, { ref: await refOf(), field: 'telephone' }, {}, 'reveal')).status).toBe(200);
  for (const secret of [NAME, CARD_NUMBER]) expect(log()).not.toContain(secret);
});

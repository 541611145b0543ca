import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { APP_SECRET, OCODE } from '#emulator/applications.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { runKiosk } from '#server/kiosks/run.ts';
import { newKiosksFile } from '../kiosks/folder.ts';
import { command, startRedis } from '../support/redis.ts';
import { ask, emulatorFor, search, startRelay } from '../support/relay.ts';
import { until } from './states.ts';

const { name: NAME, card_number: CARD_NUMBER, id_card: ID_CARD } = PEOPLE.everyField.fields;

it('nobody’s name or number, no place of a kiosk and no token can be read in Redis', async () => {
  const redis = await startRedis({ rdbcompression: 'no' });
  const emulator = await emulatorFor();
  const settings = {
    REDIS_URL: redis.url,
    SESSION_KEYS: randomBytes(32).toString('base64'),
    KIOSKS_FILE: await newKiosksFile(),
  };
  const profile = { name: 'desk', kinds: ['staff'], shown: ['name'], verifiable: ['id_card'] };
  const { url } = await startRelay({
    platform: emulator.url,
    variables: settings,
    policy: JSON.stringify({ profiles: [profile] }),
  });
  await runKiosk(['enrol', '--name', 'Library hall'], {
    env: { ...settings, KIOSKS_FILE: await newKiosksFile() },
    demo: { appSecret: APP_SECRET, ocode: OCODE },
    clock: Date.now,
    out: () => undefined,
    err: () => undefined,
  });

  const all = async () => {
    const names = (await command(redis.url, 'KEYS', '*')) as string[];
    const values = await Promise.all(names.map((name) => command(redis.url, 'DUMP', name)));
    return { names, text: [...names, ...values.map(String)].join('\n') };
  };
  const kinds = ['count', 'trace', 'token', 'kiosks'];
  await until(async () => {
    const { body } = await search(url, NAME);
    const ref = body.userlist[0]?.ref ?? '';
    await ask(url, { ref, field: 'id_card', answer: '1234' }, {}, 'verify');
    await search(url, CARD_NUMBER);
    const { names } = await all();
    return kinds.every((kind) => names.some((key) => key.split(':')[2] === kind));
  });

  const { names, text } = await all();
  for (const key of names) expect(key).toMatch(/^wecard-lookup:[\w-]{8}:[a-z-]+(:[\w-]{22})?$/);
  const secrets = [NAME, CARD_NUMBER, ID_CARD, '127.0.0.1', 'Library hall', OCODE, APP_SECRET, 'desk'];
  for (const secret of secrets) expect(text).not.toContain(secret);
});

import { expect, test } from 'vitest';
import { APPLICATIONS } from '#emulator/applications.ts';
import { MESSY } from '#emulator/campus/messy.ts';
import { sendRaw } from '../support/raw.ts';
import { ask, emulatorFor, search, startRelay } from '../support/relay.ts';

/** Whatever happens, at the most talkative level. */
test('no log line holds a name, a keyword, a card number, a reference, a token, a body or an address', async () => {
  const emulator = await emulatorFor();
  const { url, port, log } = await startRelay({ platform: emulator.url });
  const { body } = await search(url, '沈青禾');
  const ref = body.userlist[0]?.ref ?? '';
  await ask(url, { ref });
  await ask(url, '{"keywords":"沈青禾"');
  await ask(url, { keywords: '沈青禾', 沈青禾: 1 });
  await ask(url, { keywords: '沈青禾\u0000' });
  await fetch(`${url}/members/${ref}?name=沈青禾`);
  await fetch(`${url}/%ff/07302590`);
  await sendRaw(port, ['GET /07302590\r\n\r\n']);
  for (const kind of ['html', 'reset', 'truncate', 'cut'] as const) {
    emulator.change({ faults: [{ endpoint: 'search', kind }] });
    await search(url, '07302590');
  }
  emulator.change({ faults: [{ endpoint: 'search', kind: 'json', body: { errcode: 1, errmsg: '沈青禾' } }] });
  await search(url, '沈青禾');
  emulator.revokeTokens();
  emulator.change({ faults: [{ endpoint: 'token', kind: 'errcode', errcode: 40001, times: 'always' }] });
  await search(url, '沈青禾');

  const text = log();
  expect(text.split('\n').length).toBeGreaterThan(15);
  for (const secret of [
    '沈青禾',
    '07302590',
    ref,
    ref.slice(0, 20),
    'access_token',
    'keywords',
    'APP',
    '?name',
  ]) {
    expect(text).not.toContain(secret);
  }
  // Without the host and port of the line that says where it listens.
  expect(text.replace(/Server listening at \S+/g, '')).not.toMatch(/https?:\/\//);
});

test('each request leaves one line with its id, route, status and time', async () => {
  const emulator = await emulatorFor();
  const { url, log } = await startRelay({ platform: emulator.url });
  const { headers } = await search(url, '沈青禾');
  const lines = log()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const answered = lines.filter(({ msg }) => msg === 'answered');
  expect(answered).toEqual([
    expect.objectContaining({
      request_id: headers.get('x-request-id'),
      method: 'POST',
      route: '/api/members/search',
      status: 200,
      ms: expect.any(Number) as number,
    }),
  ]);
});

test('values that cannot be read are counted by field, and not told', async () => {
  const emulator = await emulatorFor();
  emulator.change({ messyCampus: true });
  const { url, log } = await startRelay({ platform: emulator.url, application: APPLICATIONS.everything });
  await search(url, MESSY.strange.name);
  await search(url, MESSY.unknownDate.cardNumber);
  await search(url, MESSY.endless.cardNumber);
  const counted = log()
    .split('\n')
    .filter((line) => line.includes('values that cannot be read'))
    .map((line) => (JSON.parse(line) as { fields: object }).fields);
  expect(counted).toEqual([{ college: 1, organization: 1 }, { expire_at: 1 }]);
  expect(log()).not.toMatch(/某学院|毕业前/);
});

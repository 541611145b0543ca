import { expect, it } from 'vitest';
import { emulatorFor, fetchToken } from './support.ts';

const ORIGIN = 'https://app.example';

it('answers a browser’s question and lets the page read, where it is told to', async () => {
  const emulator = await emulatorFor();
  emulator.change({ cors: 'any' });
  const path = `${emulator.url}/cgi-bin/user/search?access_token=${await fetchToken(emulator)}`;
  const asked = await fetch(path, { method: 'OPTIONS', headers: { origin: ORIGIN } });
  expect(asked.status).toBe(204);
  expect(asked.headers.get('access-control-allow-origin')).toBe('*');
  expect(asked.headers.get('access-control-allow-headers')).toBe('content-type, x-requested-with');
  expect(emulator.stats.calls.search).toBe(0);
  const answer = await fetch(path, {
    method: 'POST',
    headers: { origin: ORIGIN },
    body: '{"keywords":"何其"}',
  });
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  const controls = await fetch(`${emulator.url}/_emulator/settings`, { headers: { origin: ORIGIN } });
  expect(controls.headers.has('access-control-allow-origin')).toBe(false);
});

it('says nothing of other origins otherwise, as no page of the platform’s does', async () => {
  const emulator = await emulatorFor();
  const asked = await fetch(`${emulator.url}/cgi-bin/user/search`, { method: 'OPTIONS' });
  expect([asked.status, asked.headers.has('access-control-allow-origin')]).toEqual([405, false]);
});

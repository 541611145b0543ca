import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { emulatorFor, startRelay } from '../support/relay.ts';

/** The real platform, nobody signs in: only this machine is served. */
async function relay() {
  const emulator = await emulatorFor();
  const { appKey, appSecret } = { appKey: 'k', appSecret: 's' };
  return startRelay({
    platform: emulator.url,
    variables: {
      SIGN_IN: 'none',
      WECARD_BASE_URL: emulator.url,
      WECARD_APP_KEY: appKey,
      WECARD_APP_SECRET: appSecret,
      WECARD_OCODE: '1',
    },
  });
}

function statusOf(port: number, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request({ port, host: '127.0.0.1', path: '/healthz', headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.once('error', reject).end();
  });
}

describe('without sign-in and with real people', () => {
  test.each([
    'localhost',
    'localhost:3000',
    'LOCALHOST',
    '127.0.0.1:3000',
    '127.8.8.8',
    '[::1]:3000',
    '[::1]',
  ])('Host %s is served', async (host) => {
    const { port } = await relay();
    expect(await statusOf(port, { host })).toBe(200);
  });

  test.each([
    'campus.example',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    '10.0.0.1',
    '0.0.0.0',
    '[::ffff:10.0.0.1]',
  ])('Host %s is refused', async (host) => {
    const { port } = await relay();
    // What is no host at all is a bad request.
    expect([400, 403]).toContain(await statusOf(port, { host }));
  });

  test.each(['localhost:3000.evil.example', 'localhost@evil.example'])('Host %s is none', async (host) => {
    const { port } = await relay();
    expect(await statusOf(port, { host })).toBe(400);
  });

  test.each(['x-forwarded-for', 'forwarded'])(
    'a request that came through a proxy is refused (%s)',
    async (name) => {
      const { port } = await relay();
      expect(await statusOf(port, { host: 'localhost', [name]: '203.0.113.7' })).toBe(403);
    },
  );
});

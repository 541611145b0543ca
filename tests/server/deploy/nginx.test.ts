import { describe, expect, test } from 'vitest';
import type { SearchAnswer } from '#contract/wire.ts';
import { emulatorFor, HEADERS, startRelay } from '../support/relay.ts';
import type { RelayOptions } from '../support/relay.ts';
import { HOST_NAME, NO_NGINX, startNginx } from './nginx.ts';

const PUBLIC_URL = `https://${HOST_NAME}/`;
const REFUSED_AFTER = { limits: { address: { hour: 3 } } };

describe.skipIf(NO_NGINX)('behind the nginx of deploy/', () => {
  test('a member is found over HTTPS', async () => {
    const { nginx } = await startBehind();
    const { status, body, headers } = await search(nginx, '张伟');
    expect(status).toBe(200);
    expect((JSON.parse(body) as SearchAnswer).userlist.length).toBeGreaterThan(0);
    expect(headers['strict-transport-security']).toMatch(/max-age=\d{7,}/);
  });

  test('plain HTTP leads to HTTPS at the configured name, whatever Host says', async () => {
    const { nginx } = await startBehind();
    const answer = await fetch(`http://127.0.0.1:${nginx.plainPort}/members/x?y`, { redirect: 'manual' });
    expect(answer.status).toBe(301);
    expect(answer.headers.get('location')).toBe(`https://${HOST_NAME}/members/x?y`);
  });

  test('nobody chooses an address for themselves: a limit by address holds', async () => {
    const { nginx } = await startBehind({ policy: JSON.stringify(REFUSED_AFTER) });
    const statuses: number[] = [];
    for (let last = 1; last <= 5; last += 1) {
      const forged = { 'x-forwarded-for': `203.0.113.${last}`, 'x-real-ip': `203.0.113.${last}` };
      statuses.push((await search(nginx, `0000000${last}`, forged)).status);
    }
    expect(statuses.slice(-1)).toEqual([429]);
  });

  test('the address of a way back from the sign-in is not written down', async () => {
    const { nginx } = await startBehind();
    await nginx.ask('/auth/callback?wxcode=once&state=mine');
    await nginx.ask('/settings');
    expect(nginx.accessLog()).toContain('/settings');
    expect(nginx.accessLog()).not.toContain('wxcode');
  });

  test('another site’s request is refused by the relay, as without nginx', async () => {
    const { nginx } = await startBehind();
    const { status } = await search(nginx, '张伟', { origin: 'https://elsewhere.example' });
    expect(status).toBe(403);
  });
});

async function startBehind(options: Partial<RelayOptions> = {}) {
  const { url: platform } = await emulatorFor();
  const variables = { PUBLIC_URL, TRUSTED_PROXIES: '127.0.0.1' };
  const relay = await startRelay({ platform, variables, ...options });
  return { relay, nginx: await startNginx(relay.port) };
}

function search(
  nginx: Awaited<ReturnType<typeof startNginx>>,
  keywords: string,
  headers: Record<string, string> = {},
) {
  return nginx.ask('/api/members/search', {
    method: 'POST',
    headers: { ...HEADERS, origin: PUBLIC_URL.slice(0, -1), ...headers },
    body: JSON.stringify({ keywords }),
  });
}

import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import { createJweCodec } from '#server/crypto/jwe.ts';
import { createSessionCodec, SESSION_PURPOSE } from '#server/viewers/session-codec.ts';
import { viewersOf } from '../relay/campus.ts';
import type { Cookie } from '../relay/viewers.ts';
import { HOST_NAME } from './nginx.ts';

/** Longer ago than a relay leaves a cookie as it is: somebody who looks a member up every few minutes. */
const SEEN_MS_AGO = 2 * 60_000;
const COOKIE = '__Host-wecard-lookup';

/** Signed-in people, staff and students by turns, whose cookies are made here: each lookup opens one and seals it anew. */
export async function cookiesOf(viewers: readonly string[], sessionKeys: string): Promise<Cookie[]> {
  const keys = sessionKeys.split(',').map((key) => Buffer.from(key, 'base64'));
  const codec = createSessionCodec(createJweCodec(keys, SESSION_PURPOSE));
  const seenAt = Date.now() - SEEN_MS_AGO;
  return Promise.all(
    viewers.map(async (id, index) => {
      const viewer = { id, kind: index % 2 === 0 ? 'staff' : 'student', groups: [] } as const;
      const session = { id: randomUUID(), origin: 'wecard', viewer, startedAt: seenAt, seenAt } as const;
      return `${COOKIE}=${await codec.encrypt(session)}`;
    }),
  );
}

export function makeViewers(count: number): string[] {
  const [staff, students] = [viewersOf('staff', Math.ceil(count / 2)), viewersOf('student', count / 2)];
  return Array.from({ length: count }, (_, index) => (index % 2 === 0 ? staff : students)[index >> 1] ?? '');
}

/**
 * Signs members in, each the whole way over the platform. At the relay itself, each from an address of their own: one
 * address alone may only sign in so often.
 */
export async function signIn(relayUrl: string, cardNumbers: readonly string[]): Promise<void> {
  for (const [index, cardNumber] of cardNumbers.entries()) {
    const headers = {
      host: HOST_NAME,
      'x-forwarded-for': `10.0.${index >> 8}.${index & 255}`,
      'x-forwarded-proto': 'https',
    };
    const away = await request(`${relayUrl}/auth/login`, { headers });
    const authorize = new URL(String(away.headers.location));
    authorize.searchParams.set('card_number', cardNumber);
    const platform = await request(authorize);
    const { pathname, search } = new URL(String(platform.headers.location));
    const cookie = [away.headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0]);
    const back = await request(`${relayUrl}${pathname}${search}`, {
      headers: { ...headers, cookie: cookie.join('; ') },
    });
    if (back.statusCode !== 303) throw new Error(`${cardNumber} was not signed in: ${back.statusCode}`);
    await Promise.all([away, platform, back].map(({ body }) => body.dump()));
  }
}

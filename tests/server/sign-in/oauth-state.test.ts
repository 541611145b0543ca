import { randomBytes } from 'node:crypto';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { CLOCK_SKEW_MS } from '#server/clock.ts';
import type { Clock } from '#server/clock.ts';
import { memoryNonces } from '#server/shared/nonces.ts';
import { createOAuthState } from '#server/sign-in/oauth-state.ts';
import type { PendingSignIn } from '#server/sign-in/oauth-state.ts';

const NOON = Date.UTC(2026, 2, 2, 4);
const MINUTE = 60_000;

describe('a sign-in’s state', () => {
  it('counts as new once, at relays that share what was used and whose clocks are apart', async () => {
    let now = NOON;
    const nonces = memoryNonces(() => now);
    const keys = [randomBytes(32)];
    const relayWith = (clock: Clock) => {
      const app = fastify();
      const publicUrl = new URL('https://lookup.campus.example/');
      const oauthState = createOAuthState({ keys, publicUrl, nonces, clock });
      app.get('/begin', (request, reply) => oauthState.begin(request, reply, '/'));
      app.get<{ Querystring: { state: string } }>('/finish', async (request, reply) => {
        return (await oauthState.finish(request, reply, request.query.state)) ?? {};
      });
      return app;
    };
    const [ahead, behind] = [relayWith(() => now + CLOCK_SKEW_MS), relayWith(() => now)];

    const begun = await behind.inject('/begin');
    const cookie = [begun.headers['set-cookie']].flat()[0]?.split(';')[0] ?? '';
    const finish = async (app: typeof ahead) => {
      const answer = await app.inject({ url: `/finish?state=${begun.body}`, headers: { cookie } });
      return answer.json<Partial<PendingSignIn>>().isFirst;
    };
    now += 7 * MINUTE;
    expect(await finish(ahead)).toBe(true);
    for (; now < NOON + 20 * MINUTE; now += MINUTE / 2) {
      expect([now - NOON, await finish(behind)]).not.toEqual([now - NOON, true]);
    }
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OURS, PATIENCE_MS, ask, holds } from './ask.ts';
import {
  cookies,
  gatewayHeaders,
  headers,
  method,
  path,
  publicPath,
  query,
  visitorHeaders,
} from './generators.ts';
import { startRelay } from './start-relay.ts';
import type { RunningRelay } from './start-relay.ts';

let relay: RunningRelay;
/** Where people sign in, with more cookies and parameters that are read. */
let signInRelay: RunningRelay;
/** Behind a gateway, which passes on what it is sent. */
let gatewayRelay: RunningRelay;

beforeAll(async () => {
  relay = await startRelay();
  signInRelay = await startRelay({ SIGN_IN: 'wecard' });
  gatewayRelay = await startRelay({
    SIGN_IN: 'header',
    SIGN_IN_HEADER: 'X-Remote-User',
    SIGN_IN_GROUPS_HEADER: 'X-Remote-Groups',
    TRUSTED_PROXIES: '127.0.0.1',
  });
});
afterAll(async () => {
  await relay.close();
  await signInRelay.close();
  await gatewayRelay.close();
});

describe('generated requests', () => {
  test(
    'headers other than the app’s never let a search through',
    async () => {
      await holds(15_000, headers, async (others) => {
        const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
        const { statusCode } = await ask(relay, {
          method: 'POST',
          url: '/api/members/search',
          headers: given,
          payload: '{"keywords":"nobody"}',
        });
        if (statusCode !== 200) return;
        expect(others['x-requested-with']).toBe('wecard-lookup');
        expect(others['content-type']).toMatch(/^application\/json\s*(;|$)/i);
        expect(['same-origin', undefined]).toContain(others['sec-fetch-site']);
        expect(['http://localhost:3000', undefined]).toContain(others.origin);
        expect(others['content-encoding']).toBeUndefined();
      });
    },
    PATIENCE_MS,
  );

  test(
    'an address leads to a route of ours, or to a clear refusal',
    async () => {
      await holds(20_000, fc.tuple(method, path, fc.boolean()), async ([verb, url, isOurs]) => {
        const { statusCode } = await ask(relay, { method: verb, url, headers: isOurs ? OURS : {} });
        if (statusCode === 200) expect(url).toMatch(/^\/+(.*\/)?(healthz|readyz)(\/.*)?$/);
      });
    },
    PATIENCE_MS,
  );

  test(
    'cookies, parameters and headers of any sort lead to an answer, or to a clear refusal',
    async () => {
      const input = fc.tuple(publicPath, query, cookies, visitorHeaders);
      // Fewer than the limit of everybody's sign-ins in a minute lets through.
      await holds(2_500, input, async ([where, parameters, cookie, others]) => {
        const url = where + parameters;
        const { statusCode } = await ask(signInRelay, { url, headers: { ...others, cookie } });
        assert.notEqual(statusCode, 429);
      });
      expect(signInRelay.emulator.stats.calls.userToken).toBe(0);
    },
    PATIENCE_MS,
  );

  test(
    'whatever a gateway says of viewer and way, nobody but a whole name is answered',
    async () => {
      let answered = 0;
      await holds(2_500, fc.tuple(gatewayHeaders, query), async ([said, parameters]) => {
        const { x_remote_user: misspelt, ...others } = said;
        const headers = {
          ...OURS,
          ...others,
          ...(misspelt === undefined ? {} : { x_remote_user: misspelt }),
        };
        const request = { remoteAddress: '127.0.0.1', headers } as const;
        await ask(gatewayRelay, { ...request, url: `/api/session${parameters}` });
        const { statusCode } = await ask(gatewayRelay, {
          ...request,
          method: 'POST',
          url: '/api/members/search',
          payload: '{"keywords":"nobody"}',
        });
        if (statusCode !== 200) return;
        answered += 1;
        assert.match(said['x-remote-user'] ?? '', /\S/);
        assert.equal(misspelt, undefined);
      });
      // Some were answered: the property is not empty.
      expect(answered).toBeGreaterThan(100);
    },
    PATIENCE_MS,
  );
});

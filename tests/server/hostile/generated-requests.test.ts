import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OURS, PATIENCE_MS, ask, holds } from './ask.ts';
import { headers, method, path } from './generators.ts';
import { startRelay } from './start-relay.ts';
import type { RunningRelay } from './start-relay.ts';

let relay: RunningRelay;

beforeAll(async () => {
  relay = await startRelay();
});
afterAll(() => relay.close());

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
});

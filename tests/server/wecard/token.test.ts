import { describe, expect, test } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import { startEmulator } from '#emulator/start.ts';
import { createTokenSource } from '#server/wecard/token.ts';
import { closeAfterTest, emulatorFor, search, startRelay } from '../support/relay.ts';

const NAMES = Object.values(PEOPLE).map(({ fields }) => fields.name);

function sourceWith(expiresIn = 7200) {
  let now = 0;
  const fetched: string[] = [];
  const failures: unknown[] = [];
  const state = { isFailing: false };
  const source = createTokenSource({
    clock: () => now,
    fetch: async () => {
      await Promise.resolve();
      fetched.push(`t${fetched.length + 1}`);
      if (state.isFailing) throw new Error('refused');
      return { value: fetched.at(-1) ?? '', expiresIn };
    },
    onRenewalFailed: (failure) => failures.push(failure),
  });
  return { source, fetched, failures, state, pass: (seconds: number) => void (now += seconds * 1000) };
}

describe('the token source', () => {
  test('fetches when first needed, once for all who ask', async () => {
    const { source, fetched } = sourceWith();
    expect(fetched).toEqual([]);
    const tokens = await Promise.all(Array.from({ length: 50 }, () => source.current()));
    expect(new Set(tokens)).toEqual(new Set(['t1']));
    expect(fetched).toEqual(['t1']);
  });

  test('renews at three quarters of its life while the old one serves', async () => {
    const { source, fetched, pass } = sourceWith();
    await source.current();
    pass(5399);
    expect(await source.current()).toBe('t1');
    expect(fetched).toEqual(['t1']);
    pass(1);
    expect(await source.current()).toBe('t1');
    expect(await source.current()).toBe('t1');
    await new Promise((resolve) => setImmediate(resolve));
    expect(await source.current()).toBe('t2');
    expect(fetched).toEqual(['t1', 't2']);
  });

  test('keeps serving a token that could not be renewed, and tries again after a while', async () => {
    const { source, fetched, failures, state, pass } = sourceWith();
    await source.current();
    state.isFailing = true;
    pass(5400);
    for (let asked = 0; asked < 20; asked += 1) {
      expect(await source.current()).toBe('t1');
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(fetched).toHaveLength(2);
    expect(failures).toHaveLength(1);
    state.isFailing = false;
    pass(5);
    await source.current();
    await new Promise((resolve) => setImmediate(resolve));
    expect(await source.current()).toBe('t3');
  });

  test('fetches anew when the life is over', async () => {
    const { source, pass } = sourceWith(60);
    expect(await source.current()).toBe('t1');
    pass(60);
    expect(await source.current()).toBe('t2');
  });

  test('drops the token that was rejected, and no other', async () => {
    const { source, fetched } = sourceWith();
    await source.current();
    source.drop('t1');
    expect(await source.current()).toBe('t2');
    source.drop('t1');
    expect(await source.current()).toBe('t2');
    expect(fetched).toHaveLength(2);
  });

  test('asks again after a fetch that failed', async () => {
    const { source, state } = sourceWith();
    state.isFailing = true;
    await expect(source.current()).rejects.toThrow('refused');
    state.isFailing = false;
    expect(await source.current()).toBe('t2');
  });
});

describe('a search with a token that is no longer good', () => {
  test.each(['expireTokens', 'revokeTokens'] as const)(
    '%s under 50 concurrent searches costs one token and no failed search',
    async (end) => {
      const emulator = await emulatorFor();
      const { url } = await startRelay({ platform: emulator.url });
      expect((await search(url, '沈青禾')).status).toBe(200);
      emulator[end]();
      emulator.resetStats();
      emulator.change({ faults: [{ endpoint: 'search', delayMs: 30, times: 50 }] });
      const keywords = Array.from({ length: 50 }, (_, index) => NAMES[index] ?? `nobody ${index}`);
      const replies = await Promise.all(keywords.map((keyword) => search(url, keyword)));
      expect(replies.map(({ status }) => status)).toEqual(keywords.map(() => 200));
      expect(emulator.stats.tokensIssued).toBe(1);
      expect(emulator.stats.calls.token).toBe(1);
    },
  );

  test('is repeated when a new token killed the old one in mid-flight', async () => {
    const emulator = await emulatorFor();
    emulator.change({ newTokenKillsOld: true, faults: [{ endpoint: 'search', kind: 'revokeTokens' }] });
    const { url } = await startRelay({ platform: emulator.url });
    const replies = await Promise.all(NAMES.slice(0, 8).map((name) => search(url, name)));
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200));
    expect(emulator.stats.tokensIssued).toBe(2);
  });

  test('fails after the second rejection, and leaves the platform alone for a while', async () => {
    const emulator = await emulatorFor();
    let now = Date.now();
    const { url } = await startRelay({ platform: emulator.url, clock: () => now });
    emulator.change({ faults: [{ endpoint: 'search', kind: 'errcode', errcode: 40005, times: 'always' }] });
    for (let asked = 0; asked < 10; asked += 1) expect((await search(url, '沈青禾')).status).toBe(502);
    expect(emulator.stats.calls).toMatchObject({ search: 2, token: 2 });
    emulator.reset();
    now += 3_000;
    expect((await search(url, '沈青禾')).status).toBe(200);
  });

  test('gets on with a life of one second', async () => {
    let now = Date.now();
    const clock = () => now;
    const emulator = await startEmulator({ members: 200, clock });
    closeAfterTest(() => emulator.close());
    emulator.change({ tokenLifetimeSeconds: 1, expiresIn: 'string' });
    const { url } = await startRelay({ platform: emulator.url, clock });
    for (const end = now + 2_500; now < end; now += 50)
      expect((await search(url, '沈青禾')).status).toBe(200);
    expect(emulator.stats.tokensIssued).toBeGreaterThan(1);
    expect(emulator.stats.tokensIssued).toBeLessThan(7);
  });
});

describe('after what only an operator can mend', () => {
  test.each([
    ['token', 40001, 502],
    ['token', 40006, 502],
    ['token', 40018, 403],
    ['search', 40018, 403],
  ] as const)('%s %i, the platform is asked every few seconds at most', async (endpoint, errcode, status) => {
    const emulator = await emulatorFor();
    let now = Date.now();
    const { url } = await startRelay({ platform: emulator.url, clock: () => now });
    emulator.change({ faults: [{ endpoint, kind: 'errcode', errcode, times: 'always' }] });
    const storm = await Promise.all(Array.from({ length: 30 }, (_, index) => search(url, `nobody ${index}`)));
    expect(new Set(storm.map((reply) => reply.status))).toEqual(new Set([status]));
    const first = emulator.stats.calls[endpoint];
    for (let asked = 0; asked < 10; asked += 1) await search(url, '沈青禾');
    expect(emulator.stats.calls[endpoint]).toBe(first);
    if (endpoint === 'token') expect(first).toBe(1);

    now += 3_000;
    expect((await search(url, '沈青禾')).body.errcode).toBe(errcode);
    expect(emulator.stats.calls[endpoint]).toBe(first + 1);

    emulator.reset();
    now += 3_000;
    expect((await search(url, '沈青禾')).status).toBe(200);
  });
});

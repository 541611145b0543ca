import { describe, expect, it } from 'vitest';
import { Failure } from '#server/failure.ts';
import { createKioskRegistry } from '#server/kiosks/registry.ts';
import type { Token } from '#server/wecard/token.ts';
import { FORMS, mayFetch } from './states.ts';

const MINUTE = 60;
const HOUR_MS = 3_600_000;
const NOON = Date.UTC(2026, 2, 2, 4);

describe.each(Object.entries(FORMS))('shared state in %s', (_form, open) => {
  it('counts what all relays add, at once and without losing any', async () => {
    const [a, b] = await open();
    const counts = await Promise.all(
      Array.from({ length: 100 }, (_, at) => (at % 2 === 0 ? a : b).counters.add('k', 1, MINUTE)),
    );
    expect(counts.map(({ count }) => count).sort((x, y) => x - y)).toEqual(
      Array.from({ length: 100 }, (_, at) => at + 1),
    );
    expect((await b.counters.add('k', -40, MINUTE)).count).toBe(60);
    expect((await a.counters.get('k')).count).toBe(60);
  });

  it('forgets a count when the time of its first addition is over, and not before', async () => {
    const [a, b] = await open();
    const { secondsLeft } = await a.counters.add('k', 1, 10 * MINUTE);
    expect(secondsLeft).toBeGreaterThan(9 * MINUTE);
    await b.counters.add('k', 1, 99 * MINUTE);
    expect((await a.counters.get('k')).secondsLeft).toBeLessThanOrEqual(10 * MINUTE);
    await a.counters.add('short', 1, 1);
    await expect.poll(async () => (await b.counters.get('short')).count).toBe(0);
    expect((await a.counters.add('short', 1, MINUTE)).count).toBe(1);
  });

  it('sets a count, and stands at 0 where nobody counted', async () => {
    const [a, b] = await open();
    expect(await b.counters.get('k')).toEqual({ count: 0, secondsLeft: 0 });
    await a.strictCounters.set('k', 7, 10 * MINUTE);
    expect((await b.counters.get('k')).count).toBe(7);
    expect((await b.strictCounters.add('k', 1, MINUTE)).secondsLeft).toBeGreaterThan(9 * MINUTE);
  });

  it('lets a viewer run so many lookups at once, wherever they run', async () => {
    const [a, b] = await open();
    const first = await a.inFlight.begin('v', 3);
    const others = [await b.inFlight.begin('v', 3), await b.inFlight.begin('v', 3)];
    expect(others).not.toContain(undefined);
    expect(await a.inFlight.begin('v', 3)).toBeUndefined();
    expect(await b.inFlight.begin('another', 3)).toBeDefined();
    await first?.();
    await first?.();
    expect(await b.inFlight.begin('v', 3)).toBeDefined();
    expect(await b.inFlight.begin('v', 3)).toBeUndefined();
  });

  it('notices card numbers asked for in a row, the one here and the next there', async () => {
    const [a, b] = await open(() => NOON);
    const steps = [];
    for (let at = 0; at < 60; at += 1) {
      steps.push(await (at % 2 === 0 ? a : b).enumeration.step('v', String(7_302_590 + at), 20));
    }
    expect(steps.flatMap(({ reports }) => reports)).toEqual(['enumeration-slowed', 'enumeration']);
    expect(steps.findIndex(({ delayMs }) => delayMs > 0)).toBe(20);
    expect(await a.enumeration.step('w', '7302650', 20)).toEqual({ delayMs: 0, reports: [] });
  });

  it('remembers no card number two hours later', async () => {
    let now = NOON;
    const [a, b] = await open(() => now);
    const step = (state: typeof a, at: number) => state.enumeration.step('v', String(7_302_590 + at), 20);
    for (let at = 0; at < 25; at += 1) await step(at % 2 === 0 ? a : b, at);
    now += 2 * HOUR_MS;
    const delays = [];
    for (let at = 25; at < 47; at += 1) delays.push((await step(at % 2 === 0 ? a : b, at)).delayMs);
    // The first one is a neighbour of none.
    expect(delays.findIndex((delayMs) => delayMs > 0)).toBe(20);
  });

  it('takes a nonce once, whoever asks', async () => {
    const [a, b] = await open();
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? a : b).nonces.use('n', MINUTE)),
    );
    expect(asked.filter(Boolean)).toEqual([true]);
    expect(await b.nonces.use('another', MINUTE)).toBe(true);
  });

  it('ends a session everywhere', async () => {
    const [a, b] = await open();
    await a.revocations.revoke('s', Date.now() + HOUR_MS);
    expect(await b.revocations.isRevoked('s')).toBe(true);
    expect(await b.revocations.isRevoked('t')).toBe(false);
  });

  it('enrols a kiosk here that is one there, until it is revoked', async () => {
    const [a, b] = (await open()).map(({ kiosks }) => createKioskRegistry(kiosks, 'the list', Date.now));
    const code = (await a?.makeCode('Hall')) ?? '';
    const kiosk = await b?.enrol(code);
    expect(kiosk?.name).toBe('Hall');
    const id = kiosk?.id ?? '';
    expect(await a?.isEnrolled(id)).toBe(true);
    expect(await a?.enrol(code)).toBeUndefined();
    await b?.revoke(id);
    expect(await a?.isEnrolled(id)).toBe(false);
  });

  it('loses no change that several relays make at once', async () => {
    const [a, b] = (await open()).map(({ kiosks }) => createKioskRegistry(kiosks, 'the list', Date.now));
    const codes = await Promise.all([a?.makeCode('1'), b?.makeCode('2'), a?.makeCode('3')]);
    await Promise.all(codes.map(async (code, at) => (at % 2 === 0 ? b : a)?.enrol(code ?? '')));
    expect((await a?.list())?.map(({ name }) => name).sort()).toEqual(['1', '2', '3']);
  });

  it('tells a list and its version together', async () => {
    const [{ kiosks: a }, { kiosks: b }] = await open();
    const write = (text: string) => a.update(() => Promise.resolve({ text, result: undefined }));
    await createKioskRegistry(a, 'the list', Date.now).makeCode('Hall');
    const first = await b.read();
    expect(first.version).toBe(await a.version());
    // As where Redis lost a list, and another one has been changed as often since.
    await write((first.text ?? '').replace('Hall', 'Gate'));
    const second = await b.read();
    expect(second.text).toContain('Gate');
    expect(second.version).toBe(await a.version());
    expect(second.version).not.toBe(first.version);
  });

  it('fetches one token for everybody', async () => {
    const [a, b] = await open();
    const platform = tokens();
    const get = [a, b].map((state) => state.shareFetch(platform.fetch, mayFetch));
    const first = await get[0]?.();
    expect(first?.value).toBe('t1');
    expect(first?.expiresIn).toBeGreaterThan(7_190);
    const [second] = await Promise.all([get[1]?.('t1'), get[1]?.('t1')]);
    expect(second?.value).toMatch(/^t[23]$/);
  });

  it('does not pass on that one relay leaves the platform alone', async () => {
    const [a, b] = await open();
    const { fetch } = tokens();
    const resting = a.shareFetch(fetch, () => {
      throw new Failure('upstream', { reason: 'token rejected twice' });
    });
    await expect(resting()).rejects.toMatchObject({ reason: 'token rejected twice' });
    expect((await b.shareFetch(fetch, mayFetch)()).value).toBe('t1');
  });

  it('passes on why there is no token', async () => {
    const [a, b] = await open();
    const refused = new Failure('upstream', { errcode: 40001, reason: 'token: code 40001' });
    const get = [a, b].map((state) => state.shareFetch(() => Promise.reject(refused), mayFetch));
    const answers = await Promise.allSettled(get.map((ask) => ask()));
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { kind: 'upstream', errcode: 40001 } });
    }
  });
});

/** t1, t2 … */
function tokens() {
  const fetched: string[] = [];
  const fetch = (): Promise<Token> => {
    fetched.push(`t${fetched.length + 1}`);
    return Promise.resolve({ value: fetched.at(-1) ?? '', expiresIn: 7_200 });
  };
  return { fetch, fetched };
}

import { describe, expect, it } from 'vitest';
import type { Emulator } from '#emulator/start.ts';
import { emulatorFor, fetchToken, post } from './support.ts';

/** A fetch that keeps its token, so that a fault on the token call can be told from one on the search. */
async function searcher(emulator: Emulator) {
  const token = await fetchToken(emulator);
  return () => post(emulator, `/cgi-bin/user/search?access_token=${token}`, { keywords: '何其' });
}

const FOUND = { status: 200, json: { errcode: 0, userlist: [{ name: '何其' }] } };

describe('a fault', () => {
  it('happens once, then is over', async () => {
    const emulator = await emulatorFor();
    const search = await searcher(emulator);
    emulator.change({ faults: [{ endpoint: 'search', kind: 'errcode', errcode: 40008 }] });
    expect(await search()).toMatchObject({ status: 200, json: { errcode: 40008 } });
    expect(await search()).toMatchObject(FOUND);
    expect(emulator.settings.faults).toEqual([]);
  });

  it('happens as often as it is told to, or always', async () => {
    const emulator = await emulatorFor();
    const search = await searcher(emulator);
    emulator.change({ faults: [{ kind: 'status', status: 503, times: 2 }] });
    expect([(await search()).status, (await search()).status, (await search()).status]).toEqual([
      503, 503, 200,
    ]);
    emulator.change({ faults: [{ kind: 'status', times: 'always' }] });
    expect([(await search()).status, (await search()).status]).toEqual([500, 500]);
  });

  it('happens to the call that it names and to no other', async () => {
    const emulator = await emulatorFor();
    const search = await searcher(emulator);
    emulator.change({ faults: [{ endpoint: 'token', kind: 'status', times: 'always' }] });
    expect(await search()).toMatchObject(FOUND);
  });

  it('waits for its turn behind the one before it', async () => {
    const emulator = await emulatorFor();
    const search = await searcher(emulator);
    const kind = 'errcode';
    emulator.change({ faults: [40001, 40006, 40018].map((errcode) => ({ kind, errcode })) });
    const errcodes = [await search(), await search(), await search(), await search()].map(
      ({ json }) => json.errcode,
    );
    expect(errcodes).toEqual([40001, 40006, 40018, 0]);
  });

  it.each([
    ['expireTokens', 40002],
    ['revokeTokens', 40005],
  ] as const)('%s rejects a token in mid-flight', async (kind, errcode) => {
    const emulator = await emulatorFor();
    const search = await searcher(emulator);
    expect(await search()).toMatchObject(FOUND);
    emulator.change({ faults: [{ endpoint: 'search', kind }] });
    expect(await search()).toMatchObject({ json: { errcode } });
    expect(await search()).toMatchObject({ json: { errcode } });
    expect(await (await searcher(emulator))()).toMatchObject(FOUND);
  });

  it('waits, alone and together with another', async () => {
    const emulator = await emulatorFor();
    const search = await searcher(emulator);
    emulator.change({ faults: [{ delayMs: 60 }, { kind: 'errcode', errcode: 40008, delayMs: 60 }] });
    const started = performance.now();
    expect(await search()).toMatchObject({ json: { errcode: 40008 } });
    expect(performance.now() - started).toBeGreaterThan(100);
    expect(await search()).toMatchObject(FOUND);
  });
});

describe('the answer of a fault', () => {
  it('is HTML with HTTP 200', async () => {
    const emulator = await emulatorFor();
    const search = await searcher(emulator);
    emulator.change({ faults: [{ kind: 'html' }] });
    expect(await search()).toMatchObject({
      status: 200,
      text: expect.stringMatching(/^<!DOCTYPE html>/) as string,
    });
  });

  it('is any JSON, such as a token reply without a token', async () => {
    const emulator = await emulatorFor();
    emulator.change({ faults: [{ endpoint: 'token', kind: 'json', body: { token_type: 'bearer' } }] });
    const { json } = await post(emulator, '/cgi-bin/oauth2/token', {});
    expect(json).toEqual({ token_type: 'bearer' });
  });

  it('is a redirect', async () => {
    const emulator = await emulatorFor();
    const search = await searcher(emulator);
    emulator.change({ faults: [{ kind: 'redirect', location: 'https://elsewhere.example/' }] });
    expect((await search()).status).toBe(302);
  });

  it('is cut in the middle of the JSON', async () => {
    const emulator = await emulatorFor();
    const search = await searcher(emulator);
    emulator.change({ faults: [{ kind: 'truncate' }] });
    await expect(search()).rejects.toThrow(SyntaxError);
  });

  it('is lost with its connection, before and in the middle of the body', async () => {
    const emulator = await emulatorFor();
    const search = await searcher(emulator);
    emulator.change({ faults: [{ kind: 'reset' }, { kind: 'cut' }] });
    await expect(search()).rejects.toThrow('fetch failed');
    await expect(search()).rejects.toThrow('terminated');
    expect(await search()).toMatchObject(FOUND);
  });

  it('is longer than 8 MiB, and still JSON', async () => {
    const emulator = await emulatorFor();
    const search = await searcher(emulator);
    emulator.change({ faults: [{ kind: 'huge' }] });
    const { text, json } = await search();
    expect(text.length).toBeGreaterThan(8 * 1024 * 1024);
    expect(json).toMatchObject(FOUND.json);
  });

  it('drips byte by byte', async () => {
    const emulator = await emulatorFor();
    const search = await searcher(emulator);
    emulator.change({ faults: [{ kind: 'drip', intervalMs: 1 }] });
    expect(await search()).toMatchObject(FOUND);
  });
});

describe('closing', () => {
  it('does not wait for calls that hang, drip or are delayed', async () => {
    const emulator = await emulatorFor();
    const search = await searcher(emulator);
    emulator.change({
      faults: [{ kind: 'hang' }, { kind: 'drip', intervalMs: 60_000 }, { delayMs: 600_000, kind: 'html' }],
    });
    const calls = Promise.allSettled([search(), search(), search()]);
    await expect.poll(() => emulator.settings.faults).toEqual([]);
    await emulator.close();
    expect((await calls).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });
});

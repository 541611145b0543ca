import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecordKey } from '#contract/record.ts';
import { createRefs } from '#server/members/refs.ts';
import { HEADERS, ask, emulatorFor, search, startRelay } from '../support/relay.ts';

const KEY = randomBytes(32);
const OTHER = randomBytes(32);
const VIEWER = 'person 10001';
const DAY_MS = 24 * 3_600_000;

/** References of one viewer. */
function refsOf(keys: Buffer[], ocode = '1', clock = Date.now) {
  const refs = createRefs(keys, ocode, clock);
  return {
    seal: (record: RecordKey) => refs.seal(record, VIEWER),
    open: (ref: string, viewer = VIEWER) => refs.open(ref, viewer),
  };
}

const RECORD: RecordKey = { keyword: '07302590', identity: 'identity', content: '' };

describe('a reference', () => {
  test('opens to the record that was sealed, whatever its characters', () => {
    const refs = refsOf([KEY]);
    const keyword = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 70 });
    fc.assert(
      fc.property(keyword, fc.constantFrom('', 'content'), (keyword, content) => {
        const record = { ...RECORD, keyword, content };
        expect(refs.open(refs.seal(record))).toEqual(record);
      }),
    );
  });

  test('is different each time, safe in a URL, and tells nothing by its length', () => {
    const refs = refsOf([KEY]);
    const sealed = ['1', '07302590', 'REAL4411902', 'REAL4411902'].map((keyword) =>
      refs.seal({ ...RECORD, keyword }),
    );
    expect(new Set(sealed).size).toBe(4);
    expect(new Set(sealed.map(({ length }) => length)).size).toBe(1);
    for (const ref of sealed) expect(ref).toMatch(/^[\w-]+$/);
  });

  test('is worth nothing under another key or at another subject', () => {
    const ref = refsOf([KEY]).seal(RECORD);
    expect(refsOf([OTHER]).open(ref)).toBeUndefined();
    expect(refsOf([KEY], '2').open(ref)).toBeUndefined();
  });

  test('opens for nobody but the viewer who was told of the member', () => {
    const refs = refsOf([KEY]);
    const ref = refs.seal(RECORD);
    for (const other of ['person 10002', 'kiosk 10001', '']) expect(refs.open(ref, other)).toBeUndefined();
  });

  test('ends after a day', () => {
    let now = 1_000_000;
    const refs = refsOf([KEY], '1', () => now);
    const ref = refs.seal(RECORD);
    now += DAY_MS - 1;
    expect(refs.open(ref)).toEqual(RECORD);
    now += 1;
    expect(refs.open(ref)).toBeUndefined();
  });

  test('survives a new key, until the old one is gone', () => {
    const ref = refsOf([KEY]).seal(RECORD);
    expect(refsOf([OTHER, KEY]).open(ref)).toEqual(RECORD);
    expect(refsOf([KEY, OTHER]).open(refsOf([OTHER, KEY]).seal(RECORD))).toEqual(RECORD);
  });

  test('with any byte changed, cut off or added is none', () => {
    const refs = refsOf([KEY]);
    const bytes = Buffer.from(refs.seal(RECORD), 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(refs.open(changed.toString('base64url'))).toBeUndefined();
      expect(refs.open(bytes.subarray(0, at).toString('base64url'))).toBeUndefined();
    }
    expect(refs.open(Buffer.concat([bytes, Buffer.from([0])]).toString('base64url'))).toBeUndefined();
    expect(refs.open(`${bytes.toString('base64url')}=`)).toBeUndefined();
  });
});

describe('a reference that is none', () => {
  test.each(['', 'x', '!!!!', 'A'.repeat(400)])('"%s" is a bad request', async (ref) => {
    const emulator = await emulatorFor();
    const { url } = await startRelay({ platform: emulator.url });
    const { status, body } = await ask(url, { ref });
    expect([status, body.errcode]).toEqual([400, 400]);
  });

  test("another relay's is a bad request", async () => {
    const emulator = await emulatorFor();
    const one = await startRelay({ platform: emulator.url });
    const other = await startRelay({ platform: emulator.url });
    const { body } = await search(one.url, '沈青禾');
    expect((await ask(other.url, { ref: body.userlist[0]?.ref })).status).toBe(400);
  });

  test('found by name by a colleague, opens nobody for a viewer who searches by card number alone', async () => {
    const policy = JSON.stringify({
      profiles: [{ name: 'counter', kinds: ['student'], shown: ['@public'], searches: ['card-number'] }],
    });
    const emulator = await emulatorFor();
    const { url } = await startRelay({ platform: emulator.url, policy });
    const { body } = await search(url, '沈青禾');
    const switched = await fetch(`${url}/api/demo/viewer`, {
      method: 'POST',
      headers: HEADERS,
      body: '{"kind":"student"}',
    });
    const cookie = switched.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    const opened = await ask(url, { ref: body.userlist[0]?.ref }, { cookie });
    expect([opened.status, opened.body.errcode]).toEqual([400, 400]);
    expect((await ask(url, { ref: body.userlist[0]?.ref })).status).toBe(200);
  });
});

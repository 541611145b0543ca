import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRefs } from '#server/members/refs.ts';
import { ask, emulatorFor, search, startRelay } from '../support/relay.ts';

const KEY = randomBytes(32);
const OTHER = randomBytes(32);

describe('a reference', () => {
  test('opens to the card number that was sealed, whatever its characters', () => {
    const refs = createRefs([KEY], '1');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 70 }), (cardNumber) => {
        expect(refs.open(refs.seal(cardNumber))).toBe(cardNumber);
      }),
    );
  });

  test('is different each time, safe in a URL, and tells nothing by its length', () => {
    const refs = createRefs([KEY], '1');
    const sealed = ['1', '07302590', 'REAL4411902', 'REAL4411902'].map((cardNumber) => refs.seal(cardNumber));
    expect(new Set(sealed).size).toBe(4);
    expect(new Set(sealed.map(({ length }) => length)).size).toBe(1);
    for (const ref of sealed) expect(ref).toMatch(/^[\w-]+$/);
  });

  test('is worth nothing under another key or at another subject', () => {
    const ref = createRefs([KEY], '1').seal('07302590');
    expect(createRefs([OTHER], '1').open(ref)).toBeUndefined();
    expect(createRefs([KEY], '2').open(ref)).toBeUndefined();
  });

  test('survives a new key, until the old one is gone', () => {
    const ref = createRefs([KEY], '1').seal('07302590');
    expect(createRefs([OTHER, KEY], '1').open(ref)).toBe('07302590');
    expect(createRefs([KEY, OTHER], '1').open(createRefs([OTHER, KEY], '1').seal('1'))).toBe('1');
  });

  test('with any byte changed, cut off or added is none', () => {
    const refs = createRefs([KEY], '1');
    const bytes = Buffer.from(refs.seal('07302590'), 'base64url');
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
});

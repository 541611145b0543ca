import { describe, expect, test } from 'vitest';
import { createLinkTokens } from '#server/crypto/link-tokens.ts';

const MINUTE = 60_000;
const OLD_KEY = Buffer.alloc(32, 1);
const NEW_KEY = Buffer.alloc(32, 2);
const HEAD_IMAGE = 'https://img.example/07302590.jpg';
const VIEWER = 'staff 10001';

function clocked(keys = [OLD_KEY]) {
  const clock = { now: Date.UTC(2024, 8, 1, 8, 3) };
  return { clock, tokens: createLinkTokens(keys, 'photo', () => clock.now) };
}

describe("a link's token", () => {
  test('opens for its viewer, for ten to twenty minutes', () => {
    const { clock, tokens } = clocked();
    const token = tokens.encrypt(HEAD_IMAGE, VIEWER);
    expect(tokens.decrypt(token, VIEWER)).toBe(HEAD_IMAGE);
    clock.now += 16 * MINUTE;
    expect(tokens.decrypt(token, VIEWER)).toBe(HEAD_IMAGE);
    clock.now += MINUTE;
    expect(tokens.decrypt(token, VIEWER)).toBeUndefined();
  });

  test('is the same text while it lasts, so that an open page asks once', () => {
    const { clock, tokens } = clocked();
    const token = tokens.encrypt(HEAD_IMAGE, VIEWER);
    clock.now += 6 * MINUTE;
    expect(tokens.encrypt(HEAD_IMAGE, VIEWER)).toBe(token);
    clock.now += 2 * MINUTE;
    expect(tokens.encrypt(HEAD_IMAGE, VIEWER)).not.toBe(token);
  });

  test('is made anew for a day from the first, however often', () => {
    const { clock, tokens } = clocked();
    let token = tokens.encrypt(HEAD_IMAGE, VIEWER);
    expect(tokens.renew(token, 'staff 10002')).toBeUndefined();
    for (let hours = 0; hours < 23; hours += 1) {
      clock.now += 60 * MINUTE;
      token = tokens.renew(token, VIEWER) ?? '';
      expect(tokens.decrypt(token, VIEWER)).toBe(HEAD_IMAGE);
    }
    clock.now += 60 * MINUTE;
    expect(tokens.renew(token, VIEWER)).toBeUndefined();
  });

  test('does not open for somebody else', () => {
    const { tokens } = clocked();
    expect(tokens.decrypt(tokens.encrypt(HEAD_IMAGE, VIEWER), 'staff 10002')).toBeUndefined();
  });

  test('uses another nonce for each viewer, photo and time', () => {
    const { clock, tokens } = clocked();
    const nonceOf = (headImage: string, who: string) => tokens.encrypt(headImage, who).slice(0, 16);
    const nonces = [nonceOf('a', VIEWER), nonceOf('b', VIEWER), nonceOf('a', 'staff 2')];
    clock.now += 10 * MINUTE;
    nonces.push(nonceOf('a', VIEWER));
    expect(new Set(nonces).size).toBe(4);
  });

  test('shows nothing of the address', () => {
    const { tokens } = clocked();
    const token = tokens.encrypt(HEAD_IMAGE, VIEWER);
    expect(token).toMatch(/^[\w-]+$/);
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('0730');
  });

  test('opens no changed byte, no cut, and no other spelling', () => {
    const { tokens } = clocked();
    const token = tokens.encrypt(HEAD_IMAGE, VIEWER);
    const bytes = Buffer.from(token, 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(tokens.decrypt(changed.toString('base64url'), VIEWER)).toBeUndefined();
      expect(tokens.decrypt(bytes.subarray(0, index).toString('base64url'), VIEWER)).toBeUndefined();
    }
    for (const other of [`${token}=`, `${token}!`, ` ${token}`, `${token}\n`, bytes.toString('hex')]) {
      expect(tokens.decrypt(other, VIEWER)).toBeUndefined();
    }
  });

  test('outlives a new key, and ends with its own', () => {
    const token = clocked([OLD_KEY]).tokens.encrypt(HEAD_IMAGE, VIEWER);
    expect(clocked([NEW_KEY, OLD_KEY]).tokens.decrypt(token, VIEWER)).toBeDefined();
    expect(clocked([NEW_KEY]).tokens.decrypt(token, VIEWER)).toBeUndefined();
  });
});

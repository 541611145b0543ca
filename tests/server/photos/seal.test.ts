import { describe, expect, test } from 'vitest';
import { createPhotoSeal } from '#server/photos/seal.ts';
import type { Viewer } from '#server/viewers/viewer.ts';

const MINUTE = 60_000;
const OLD_KEY = Buffer.alloc(32, 1);
const NEW_KEY = Buffer.alloc(32, 2);
const HEAD_IMAGE = 'https://img.example/07302590.jpg';
const viewer: Viewer = { id: '10001', kind: 'staff', groups: [] };

function clocked(keys = [OLD_KEY]) {
  const clock = { now: Date.UTC(2024, 8, 1, 8, 3) };
  return { clock, seal: createPhotoSeal(keys, () => clock.now) };
}

describe('a sealed photo', () => {
  test('opens for its viewer, for ten to twenty minutes', () => {
    const { clock, seal } = clocked();
    const sealed = seal.seal(HEAD_IMAGE, viewer);
    expect(seal.open(sealed, viewer)).toBe(HEAD_IMAGE);
    clock.now += 16 * MINUTE;
    expect(seal.open(sealed, viewer)).toBe(HEAD_IMAGE);
    clock.now += MINUTE;
    expect(seal.open(sealed, viewer)).toBeUndefined();
  });

  test('is the same text while it lasts, so that an open page asks once', () => {
    const { clock, seal } = clocked();
    const sealed = seal.seal(HEAD_IMAGE, viewer);
    clock.now += 6 * MINUTE;
    expect(seal.seal(HEAD_IMAGE, viewer)).toBe(sealed);
    clock.now += 2 * MINUTE;
    expect(seal.seal(HEAD_IMAGE, viewer)).not.toBe(sealed);
  });

  test.each<[string, Viewer]>([
    ['another person', { ...viewer, id: '10002' }],
    ['another kind of viewer of the same name', { ...viewer, kind: 'kiosk' }],
  ])('does not open for %s', (_, other) => {
    const { seal } = clocked();
    expect(seal.open(seal.seal(HEAD_IMAGE, viewer), other)).toBeUndefined();
  });

  test('uses another nonce for each viewer, photo and time', () => {
    const { clock, seal } = clocked();
    const nonceOf = (headImage: string, who: Viewer) => seal.seal(headImage, who).slice(0, 16);
    const nonces = [nonceOf('a', viewer), nonceOf('b', viewer), nonceOf('a', { ...viewer, id: '2' })];
    clock.now += 10 * MINUTE;
    nonces.push(nonceOf('a', viewer));
    expect(new Set(nonces).size).toBe(4);
  });

  test('shows nothing of the address', () => {
    const { seal } = clocked();
    const sealed = seal.seal(HEAD_IMAGE, viewer);
    expect(sealed).toMatch(/^[\w-]+$/);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('0730');
  });

  test('opens no changed byte, no cut, and no other spelling', () => {
    const { seal } = clocked();
    const sealed = seal.seal(HEAD_IMAGE, viewer);
    const bytes = Buffer.from(sealed, 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(seal.open(changed.toString('base64url'), viewer)).toBeUndefined();
      expect(seal.open(bytes.subarray(0, index).toString('base64url'), viewer)).toBeUndefined();
    }
    for (const other of [`${sealed}=`, `${sealed}!`, ` ${sealed}`, `${sealed}\n`, bytes.toString('hex')]) {
      expect(seal.open(other, viewer)).toBeUndefined();
    }
  });

  test('outlives a new key, and ends with its own', () => {
    const sealed = clocked([OLD_KEY]).seal.seal(HEAD_IMAGE, viewer);
    expect(clocked([NEW_KEY, OLD_KEY]).seal.open(sealed, viewer)).toBeDefined();
    expect(clocked([NEW_KEY]).seal.open(sealed, viewer)).toBeUndefined();
  });
});

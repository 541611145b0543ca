import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import { newKiosksFile } from './folder.ts';

const NOON = Date.UTC(2025, 2, 1, 4);
const MINUTE = 60_000;

async function newRegistry() {
  const file = await newKiosksFile();
  const time = { now: NOON };
  return { file, time, kiosks: openKioskRegistry(file, () => time.now) };
}

describe('a one-time code', () => {
  it('enrols one device, once', async () => {
    const { kiosks } = await newRegistry();
    const code = await kiosks.makeCode('Library hall');
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);

    const kiosk = await kiosks.enrol(code);

    expect(kiosk).toMatchObject({ name: 'Library hall', enrolledAt: new Date(NOON).toISOString() });
    expect(kiosk?.id).toMatch(/^kiosk-[0-9a-z]{8}$/);
    expect(await kiosks.enrol(code)).toBeUndefined();
    expect(await kiosks.list()).toEqual([kiosk]);
  });

  it('may be typed as people type', async () => {
    const { kiosks } = await newRegistry();
    const code = await kiosks.makeCode('');
    const typed = ` ${code.toLowerCase().replace('-', ' – ').replace(/0/g, 'o').replace(/1/g, 'l')} `;
    expect(await kiosks.enrol(typed)).toBeDefined();
  });

  it('is good for ten minutes', async () => {
    const { kiosks, time } = await newRegistry();
    const code = await kiosks.makeCode('');
    time.now += 10 * MINUTE;
    expect(await kiosks.enrol(code)).toBeUndefined();
    const another = await kiosks.makeCode('');
    time.now += 10 * MINUTE - 1;
    expect(await kiosks.enrol(another)).toBeDefined();
  });

  it('is good for five tries', async () => {
    const { kiosks } = await newRegistry();
    const code = await kiosks.makeCode('');
    for (let i = 0; i < 5; i += 1) expect(await kiosks.enrol(`WRONG-${i}`)).toBeUndefined();
    expect(await kiosks.enrol(code)).toBeUndefined();

    const another = await kiosks.makeCode('');
    for (let i = 0; i < 4; i += 1) await kiosks.enrol(`WRONG-${i}`);
    expect(await kiosks.enrol(another)).toBeDefined();
  });

  it('works once when two devices enter it at the same moment', async () => {
    const { file, kiosks } = await newRegistry();
    const code = await kiosks.makeCode('');
    const others = [kiosks, openKioskRegistry(file, () => NOON), openKioskRegistry(file, () => NOON)];
    const enrolled = await Promise.all(others.map((registry) => registry.enrol(code)));
    expect(enrolled.filter((kiosk) => kiosk !== undefined)).toHaveLength(1);
  });

  it('cannot be read from the file, which only its owner may read', async () => {
    const { file, kiosks } = await newRegistry();
    const code = await kiosks.makeCode('');
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain(code);
    expect(text).not.toContain(code.replace('-', ''));
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(await readdir(dirname(file))).toEqual(['kiosks.json']);
  });
});

describe('a kiosk', () => {
  it('stands until it is revoked, by another process too', async () => {
    const { file, kiosks } = await newRegistry();
    const commandLine = openKioskRegistry(file, () => NOON);
    const kiosk = await kiosks.enrol(await commandLine.makeCode(''));
    const id = kiosk?.id ?? '';
    expect(await kiosks.isEnrolled(id)).toBe(true);

    expect(await commandLine.revoke(id)).toBe(true);

    expect(await kiosks.isEnrolled(id)).toBe(false);
    expect(await commandLine.revoke(id)).toBe(false);
    expect(await kiosks.list()).toMatchObject([{ id, revokedAt: new Date(NOON).toISOString() }]);
  });

  it('is none where there is no list', async () => {
    const { kiosks } = await newRegistry();
    expect(await kiosks.isEnrolled('kiosk-00000000')).toBe(false);
    expect(await kiosks.revoke('kiosk-00000000')).toBe(false);
  });

  it.each(['', 'no JSON', '{}', '{"codes":[],"kiosks":[{"id":7}]}'])(
    'is told by no list that cannot be read: %j',
    async (text) => {
      const { file, kiosks } = await newRegistry();
      await kiosks.makeCode('');
      await writeFile(file, text);
      await expect(kiosks.isEnrolled('kiosk-00000000')).rejects.toThrow();
      await expect(kiosks.makeCode('')).rejects.toThrow();
      expect(await readFile(file, 'utf8')).toBe(text);
    },
  );

  it('survives many changes at once', async () => {
    const { file, kiosks } = await newRegistry();
    const registries = [kiosks, openKioskRegistry(file, () => NOON)];
    await Promise.all(
      Array.from({ length: 10 }, async (_, i) => {
        const registry = registries[i % 2] ?? kiosks;
        await registry.makeCode(`${i}`);
      }),
    );
    const { codes } = JSON.parse(await readFile(file, 'utf8')) as { codes: { name: string }[] };
    expect(codes.map(({ name }) => name).sort()).toEqual('0123456789'.split(''));
  });
});

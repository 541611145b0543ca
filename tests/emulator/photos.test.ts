import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import { faceName, FACES_PER_SEX } from '#emulator/campus/photos.ts';
import { emulatorFor, search } from './support.ts';

const FOLDER = new URL('../../emulator/photos/files/', import.meta.url);

describe('photos', () => {
  it('are there for every face that the campus names: small, and real WebP', async () => {
    const emulator = await emulatorFor();
    for (const sex of ['female', 'male'] as const) {
      for (let number = 0; number < FACES_PER_SEX; number += 1) {
        const response = await fetch(`${emulator.url}/photos/${faceName(sex, number)}`);
        const bytes = Buffer.from(await response.arrayBuffer());
        expect(response.headers.get('content-type')).toBe('image/webp');
        expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 12)).toBe('RIFFWEBP');
        expect(bytes.length).toBeLessThan(6 * 1024 + 1);
      }
    }
  });

  it('are served as the files are that were committed', async () => {
    const emulator = await emulatorFor();
    for (const file of readdirSync(FOLDER)) {
      const served = await fetch(`${emulator.url}/photos/${file}`);
      expect(Buffer.from(await served.arrayBuffer()).equals(readFileSync(new URL(file, FOLDER)))).toBe(true);
    }
  });

  it('have addresses in each form that the platform uses, under the emulator’s own', async () => {
    const emulator = await emulatorFor();
    const image = async (name: string) => (await search(emulator, name))[0]?.head_image;
    expect(await image(PEOPLE.staff.fields.name)).toBe(`${emulator.url}/photos/w01.webp`);
    expect(await image(PEOPLE.protocolRelativePhoto.fields.name)).toBe(
      `${emulator.url.replace('http:', '')}/photos/m09.webp`,
    );
    expect(await image(PEOPLE.barePathPhoto.fields.name)).toBe('/photos/w10.webp');
    expect(await image(PEOPLE.noPhoto.fields.name)).toBe('');
  });

  it('can be missing, and can be no pictures', async () => {
    const emulator = await emulatorFor();
    const photoOf = async (name: string) => fetch(String((await search(emulator, name))[0]?.head_image));
    expect((await photoOf(PEOPLE.missingPhoto.fields.name)).status).toBe(404);
    const broken = await photoOf(PEOPLE.brokenPhoto.fields.name);
    expect([broken.status, broken.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(await broken.text()).toBe('this is no picture');
  });

  it('answer HEAD, and refuse what would write', async () => {
    const emulator = await emulatorFor();
    const url = `${emulator.url}/photos/w01.webp`;
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  });
});

describe('the emulator’s own page', () => {
  it('lists applications and people, without script', async () => {
    const text = await (await fetch((await emulatorFor()).url)).text();
    expect(text).toContain('DE30000000000001');
    expect(text).toContain('阿卜杜拉·买买提');
    expect(text).not.toContain('<script');
    expect(text).not.toContain('<b>');
  });
});

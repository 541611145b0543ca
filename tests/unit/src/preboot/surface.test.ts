import { describe, expect, it } from 'vitest';
import { isSearchScreen, surfaceOf } from '#src/preboot/config.ts';

const ROOT = 'https://lookup.campus.example/';
const FOLDER = 'https://campus.example/lookup/';

describe('the surface', () => {
  it.each([
    [ROOT, 'kiosk'],
    [ROOT, 'kiosk/'],
    [ROOT, 'kiosk?from=start#top'],
    [FOLDER, 'kiosk'],
    [FOLDER, 'kiosk/'],
  ])('is a kiosk at %s%s', (base, path) => {
    expect(surfaceOf('auto', base, base + path)).toBe('kiosk');
  });

  it.each([
    [ROOT, ''],
    [ROOT, 'kiosks'],
    [ROOT, 'kiosk/enrol'],
    [ROOT, 'members/kiosk'],
    [ROOT, '?kiosk'],
    [ROOT, '#/kiosk'],
    [ROOT, 'Kiosk'],
    [FOLDER, ''],
    [FOLDER, 'members/1'],
  ])('is a phone at %s%s', (base, path) => {
    expect(surfaceOf('auto', base, base + path)).toBe('phone');
  });

  it('is a phone where only a folder of the same name stands above the app', () => {
    expect(surfaceOf('auto', FOLDER, 'https://campus.example/kiosk')).toBe('phone');
    expect(surfaceOf('auto', 'https://campus.example/kiosk/', 'https://campus.example/kiosk/')).toBe('phone');
  });

  it('is what was set, whatever the address', () => {
    expect(surfaceOf('kiosk', ROOT, ROOT)).toBe('kiosk');
    expect(surfaceOf('phone', ROOT, `${ROOT}kiosk`)).toBe('phone');
  });
});

describe('the search screen', () => {
  it.each([ROOT, FOLDER])('is at %s and at its index.html', (base) => {
    for (const path of ['', 'index.html', '?x=1', 'index.html#top']) {
      expect(isSearchScreen(base, base + path)).toBe(true);
    }
    for (const path of ['settings', 'members/index.html', 'kiosk']) {
      expect(isSearchScreen(base, base + path)).toBe(false);
    }
  });
});

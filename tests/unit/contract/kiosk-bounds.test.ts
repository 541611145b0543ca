import { describe, expect, it } from 'vitest';
import { DEFAULT_APP_CONFIG } from '#contract/app-config.ts';
import { withinBounds } from '#contract/kiosk-bounds.ts';

const kioskOf = (written: object) => withinBounds({ ...DEFAULT_APP_CONFIG.kiosk, ...written });

describe('a kiosk’s settings from the page', () => {
  it.each([
    [0, 10],
    [-1, 10],
    [90, 90],
    [86_400, 600],
    [Infinity, 600],
  ])('that wait %d seconds wait %d', (idleSeconds, seconds) => {
    expect(kioskOf({ idleSeconds }).idleSeconds).toBe(seconds);
  });

  it('leave everybody time to answer the warning', () => {
    expect(kioskOf({ warningSeconds: 3 }).warningSeconds).toBe(20);
    expect(kioskOf({ warningSeconds: 9999 }).warningSeconds).toBe(600);
  });

  it('take no mark that no reader sends, and no staff code that a slip of the hand is', () => {
    const written = { scanPrefix: '卡', scanSuffix: ' ', staffCode: '1' };
    expect(kioskOf(written)).toMatchObject({ scanPrefix: '', scanSuffix: '', staffCode: '' });
    const sound = { scanPrefix: '~card', scanSuffix: ';', staffCode: 'STAFF-9931' };
    expect(kioskOf(sound)).toMatchObject(sound);
  });
});

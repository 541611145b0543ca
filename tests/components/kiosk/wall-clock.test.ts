import { describe, expect, it } from 'vitest';
import WallClock from '#src/kiosk/components/WallClock.vue';
import { appServices } from '#tests/support/app-services.ts';
import { mountKioskPart } from '#tests/support/kiosk-visit.ts';

async function clockAt(hours: number, minutes: number, locale: 'zh-CN' | 'en') {
  const time = new Date(2026, 2, 1, hours, minutes).getTime();
  const services = appServices({ url: 'http://127.0.0.1:9/', services: { now: () => time } });
  return (await mountKioskPart(WallClock, {}, { services, locale })).text();
}

describe('the kiosk’s clock', () => {
  it.each([
    [0, 5, 'zh-CN', '00:05'],
    [0, 5, 'en', '00:05'],
    [9, 0, 'en', '09:00'],
    [23, 59, 'en', '23:59'],
  ] as const)('at %d:%d in %s shows %s', async (hours, minutes, locale, time) => {
    expect((await clockAt(hours, minutes, locale)).slice(0, 5)).toBe(time);
  });
});

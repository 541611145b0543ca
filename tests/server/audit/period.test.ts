import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockOf, readPeriod } from '#server/audit/period.ts';

const iso = (time: number) => new Date(time).toISOString();

describe('a period', () => {
  it('is days on the clock of the campus, the last one whole', () => {
    const { from, to } = readPeriod('2025-03-01', '2025-03-01', 'Asia/Shanghai');
    expect([iso(from), iso(to)]).toEqual(['2025-02-28T16:00:00.000Z', '2025-03-01T16:00:00.000Z']);
  });

  it('is times, too, and open on a side that is not given', () => {
    expect(iso(readPeriod('2025-03-01T08:30', undefined, 'Asia/Shanghai').from)).toBe(
      '2025-03-01T00:30:00.000Z',
    );
    expect(readPeriod('2025-03-01', undefined, 'UTC').to).toBe(Infinity);
    expect(readPeriod(undefined, '2025-03-01T08:30', 'UTC').from).toBe(-Infinity);
  });

  it('begins and ends days that are not 24 hours long where they do', () => {
    const spring = readPeriod('2025-03-30', '2025-03-30', 'Europe/Berlin');
    expect([iso(spring.from), iso(spring.to)]).toEqual([
      '2025-03-29T23:00:00.000Z',
      '2025-03-30T22:00:00.000Z',
    ]);
    const night = readPeriod('2025-10-26T01:30', '2025-10-26T03:30', 'Europe/Berlin');
    expect([iso(night.from), iso(night.to)]).toEqual([
      '2025-10-25T23:30:00.000Z',
      '2025-10-26T02:30:00.000Z',
    ]);
    const autumn = readPeriod('2025-10-26', '2025-10-26', 'Europe/Berlin');
    expect([iso(autumn.from), iso(autumn.to)]).toEqual([
      '2025-10-25T22:00:00.000Z',
      '2025-10-26T23:00:00.000Z',
    ]);
  });

  it('begins at the time that the clocks show, in any zone at any time', () => {
    const zones = [
      'Asia/Shanghai',
      'UTC',
      'Asia/Urumqi',
      'Asia/Kathmandu',
      'America/St_Johns',
      'Pacific/Apia',
    ];
    const time = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(time, fc.constantFrom(...zones), (date, zone) => {
        const shown = clockOf(zone)(date.toISOString()).slice(0, 16);
        const { from } = readPeriod(shown.replace(' ', 'T'), undefined, zone);
        expect(clockOf(zone)(iso(from))).toBe(`${shown}:00`);
      }),
    );
  });

  it.each([
    '2025-02-31',
    '2025-13-01',
    '01.03.2025',
    '2025-03-01T25:00',
    '2025-03-01 08:30',
    'yesterday',
    '',
  ])('is refused where %j is no day', (text) => {
    expect(() => readPeriod(text, undefined, 'UTC')).toThrow('--from takes a day, such as');
    expect(() => readPeriod(undefined, text, 'UTC')).toThrow('--to takes a day, such as');
  });

  it('is refused where it ends before it begins', () => {
    expect(() => readPeriod('2025-03-02', '2025-03-01', 'UTC')).toThrow('--from is not before --to');
  });
});

import { describe, expect, it } from 'vitest';
import { isEndless, isNoDate, readStamp } from '#contract/stamp.ts';

const noon = Date.UTC(2020, 11, 31, 4);

describe('a date as schools write it', () => {
  it.each([
    ['2020-12-31 12:00:00', '12:00', noon],
    ['2020-12-31 12:00', '12:00', noon],
    ['2020/12/31 12:00', '12:00', noon],
    ['2020.12.31 12:00', '12:00', noon],
    ['2020年12月31日 12:00', '12:00', noon],
    ['2020-12-31 12:00:00.0', '12:00', noon],
    ['２０２０－１２－３１　１２：００', '12:00', noon],
    ['20201231120000', '12:00', noon],
    ['202012311200', '12:00', noon],
    ['20201231235959', '23:59', Date.UTC(2020, 11, 31, 15, 59, 59)],
    ['2020-12-31T12:00:00', '12:00', noon],
    ['2020-12-31T04:00:00Z', '12:00', noon],
    ['2020-12-31T04:00:00.000Z', '12:00', noon],
    ['2020-12-31T12:00:00+08:00', '12:00', noon],
    ['2020-12-31 06:00:00 +0200', '12:00', noon],
    ['1609387200', '12:00', noon],
    ['1609387200000', '12:00', noon],
    ['2020-12-31', undefined, Date.UTC(2020, 11, 30, 16)],
    ['20201231', undefined, Date.UTC(2020, 11, 30, 16)],
  ])('reads %s', (text, time, instant) => {
    const stamp = { year: 2020, month: 12, day: 31, instant };
    expect(readStamp(text)).toEqual(time === undefined ? stamp : { ...stamp, time });
  });

  it('reads months and days of one digit', () => {
    expect(readStamp('2020-6-30')).toMatchObject({ year: 2020, month: 6, day: 30 });
    expect(readStamp('2020/6/3 8:05')).toMatchObject({ month: 6, day: 3, time: '08:05' });
  });

  it('tells an instant by the clocks of the campus, summer time of then included', () => {
    expect(readStamp('2002-03-18T16:00:00.000Z')).toMatchObject({ month: 3, day: 19, time: '00:00' });
    expect(readStamp('1988-07-01T15:00:00.000Z')).toMatchObject({ month: 7, day: 2, time: '00:00' });
  });

  it.each([
    '长期',
    '199*',
    '20021399',
    '2021-02-29',
    '2020-12-31 25:00',
    '2020-12-31+08:00',
    '12/31/2020',
    '150102031234',
    '',
    'x'.repeat(1_000_000),
  ])('does not guess at %.20s', (text) => {
    expect(readStamp(text)).toBeUndefined();
  });

  it.each(['长期', '长期有效', '永久', '9999-12-31', '9999-12-31 23:59:59', '99991231'])(
    'has no end: %s',
    (text) => {
      expect(isEndless(text)).toBe(true);
    },
  );

  it('has an end where it does not say so', () => {
    expect(isEndless('2099-12-31')).toBe(false);
    expect(isEndless('长')).toBe(false);
  });

  it.each([
    ['0000-00-00 00:00:00', true, true],
    ['0', true, true],
    ['00000000', true, true],
    ['0001-01-01 00:00:00', true, true],
    ['1970-01-01 08:00:00', false, true],
    ['1970-01-01', false, true],
    ['1900-01-01 00:00:00', false, true],
    ['2002-03-19', false, false],
    ['长期', false, false],
    ['-', false, false],
  ])('%s is none as a birthday: %s, as a validity: %s', (text, asDate, asDatetime) => {
    expect(isNoDate(text, 'date')).toBe(asDate);
    expect(isNoDate(text, 'datetime')).toBe(asDatetime);
  });
});

import { describe, expect, it } from 'vitest';
import { readScans } from '#src/scan/read-code.ts';

const settings = { scanPrefix: '', scanSuffix: '', staffCode: 'STAFF-9931' };
const card = (keyword: string) => ({ kind: 'card', keyword });

describe('a scanned text', () => {
  it.each([
    ['07302590', '07302590'],
    ['REAL4411902', 'REAL4411902'],
    [']C107302590', '07302590'],
    [']Q0REAL4411902', 'REAL4411902'],
    [' 07302590 ', '07302590'],
  ])('%s is the card %s', (text, keyword) => {
    expect(readScans(text, settings)).toEqual([card(keyword)]);
  });

  it.each(['~card07302590;', ']C1~card07302590;', '~card]C107302590;'])(
    'loses what the site has its reader add: %s',
    (text) => {
      expect(readScans(text, { ...settings, scanPrefix: '~card', scanSuffix: ';' })).toEqual([
        card('07302590'),
      ]);
    },
  );

  it('loses the prefix once, not each time that the code repeats it', () => {
    expect(readScans('007302590', { ...settings, scanPrefix: '0' })).toEqual([card('07302590')]);
  });

  it('is cut where the marks of a reader show that it holds two', () => {
    expect(readScans(']C107302590]C144119020', settings)).toEqual([card('07302590'), card('44119020')]);
    expect(readScans('07302590;44119020;', { ...settings, scanSuffix: ';' })).toEqual([
      card('07302590'),
      card('44119020'),
    ]);
  });

  it('is the staff code only where one is set', () => {
    expect(readScans(']C1STAFF-9931', settings)).toEqual([{ kind: 'staff' }]);
    expect(readScans('STAFF-9931', { ...settings, staffCode: '' })).toEqual([card('STAFF-9931')]);
  });

  it.each([
    ['http://wx.url.cn/v002.1015730314.Xk39', 'campus-code'],
    ['HTTP://WX.URL.CN/V002.1015730314.XK39', 'campus-code'],
    [']Q1http://wx.url.cn/v002.1015730314.Xk39', 'campus-code'],
    ['https://campus.example/a', 'link'],
    ['weixin://wxpay/bizpayurl', 'link'],
    ['1'.repeat(80), 'unreadable'],
  ])('%s cannot be looked up: %s', (text, reason) => {
    expect(readScans(text, settings)).toEqual([{ kind: 'foreign', reason }]);
  });

  it('is nothing when only marks are left', () => {
    expect(readScans(';', { ...settings, scanSuffix: ';' })).toEqual([]);
  });
});

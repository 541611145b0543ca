import { describe, expect, it } from 'vitest';
import { encode } from 'uqr';
import { memberVCard } from '#src/format/vcard.ts';

const lines = (vcard: string) => vcard.replace(/\r\n /g, '').split('\r\n');

describe('a contact card', () => {
  it('holds what a contact needs, and no more', () => {
    const vcard = memberVCard({
      name: '欧阳若曦',
      college: '文学院',
      profession: '汉语言文学',
      telephone: '(+86)13712345678',
      email: 'ruoxi@example.edu.cn',
      id_card: '330106200303190028',
      card_number: '07302590',
    });
    expect(lines(vcard)).toEqual([
      'BEGIN:VCARD',
      'VERSION:3.0',
      'N:欧阳若曦;;;;',
      'FN:欧阳若曦',
      'ORG:文学院;汉语言文学',
      'TEL;TYPE=CELL:+8613712345678',
      'EMAIL;TYPE=INTERNET:ruoxi@example.edu.cn',
      'END:VCARD',
      '',
    ]);
  });

  it('has a line for each number and address, and none for what is neither', () => {
    const vcard = memberVCard({ telephone: '13712345678、010-62780000-8012', email: 'a@x.cn; b@y.cn' });
    expect(lines(vcard).filter((line) => /^(TEL|EMAIL)/.test(line))).toEqual([
      'TEL;TYPE=CELL:13712345678',
      'TEL;TYPE=VOICE:01062780000\\,8012',
      'EMAIL;TYPE=INTERNET:a@x.cn',
      'EMAIL;TYPE=INTERNET:b@y.cn',
    ]);
    expect(memberVCard({ telephone: '无', email: '暂无' })).not.toMatch(/TEL|EMAIL/);
  });

  it('lets no value break out of its line', () => {
    const vcard = memberVCard({ name: 'A;B,C\\D\r\nTEL:110' });
    expect(vcard).toContain('FN:A\\;B\\,C\\\\D\\nTEL:110\r\n');
    expect(lines(vcard).some((line) => line.startsWith('TEL'))).toBe(false);
  });

  it('folds long lines between characters', () => {
    const name = '𠮷'.repeat(60);
    const vcard = memberVCard({ name });
    for (const line of vcard.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(vcard).not.toContain('\ufffd');
    expect(lines(vcard)).toContain(`FN:${name}`);
  });

  it('fits into a QR code, however long its values are', () => {
    const long = '长'.repeat(1000);
    const vcard = memberVCard({
      name: long,
      college: long,
      profession: long,
      job_title: long,
      telephone: Array.from({ length: 8 }, (_, at) => `+44207946095${at}转123456`).join('/'),
      email: Array.from({ length: 9 }, (_, at) => `${at}@${'x'.repeat(90)}.example`).join(';'),
    });
    expect(Buffer.byteLength(vcard)).toBeLessThan(2953);
    expect(() => encode(vcard)).not.toThrow();
    expect(lines(vcard).filter((line) => line.startsWith('TEL'))).toHaveLength(4);
  });

  it('leaves masked values out', () => {
    const vcard = memberVCard({ name: '张伟', telephone: '138****1234', email: 'z***@example.edu.cn' });
    expect(vcard).not.toMatch(/TEL|EMAIL/);
  });
});

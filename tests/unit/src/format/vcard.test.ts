import { describe, expect, it } from 'vitest';
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

  it('leaves masked values out', () => {
    const vcard = memberVCard({ name: '张伟', telephone: '138****1234', email: 'z***@example.edu.cn' });
    expect(vcard).not.toMatch(/TEL|EMAIL/);
  });
});

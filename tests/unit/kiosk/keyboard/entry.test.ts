import { describe, expect, it } from 'vitest';
import { MAX_KEYWORD_LENGTH } from '#contract/keyword.ts';
import { emptyEntry, keywordOf, pressKey, switchMode } from '#src/kiosk/keyboard/entry.ts';
import type { KeyboardMode } from '#src/kiosk/keyboard/entry.ts';

function typed(mode: KeyboardMode, keys: string) {
  return keys.split('').reduce((entry, character) => pressKey(entry, { character }), emptyEntry(mode));
}

describe('what stands in the box', () => {
  it('keeps every zero and letter of a card number', () => {
    expect(keywordOf(typed('number', '07302590'))).toBe('07302590');
    expect(keywordOf(typed('latin', 'REAL4411902'))).toBe('REAL4411902');
  });

  it('holds the letters of a pinyin back until a character is chosen', () => {
    expect(typed('pinyin', 'zhang')).toEqual({ text: '', pending: 'zhang', mode: 'pinyin' });
  });

  it('takes capitals and digits as they are, whatever the mode', () => {
    expect(typed('pinyin', 'R2').text).toBe('R2');
  });

  it('searches letters as letters when nothing was chosen', () => {
    expect(keywordOf(typed('pinyin', 'smith'))).toBe('smith');
    expect(switchMode(typed('pinyin', 'smith'), 'latin').text).toBe('smith');
  });

  it('takes back pending letters first, then whole characters', () => {
    let entry = { ...typed('pinyin', 'w'), text: '张𬭎' };
    entry = pressKey(entry, 'backspace');
    expect(entry).toMatchObject({ text: '张𬭎', pending: '' });
    expect(pressKey(entry, 'backspace').text).toBe('张');
    expect(pressKey(entry, 'clear').text).toBe('');
  });

  it('does not grow past what can be searched', () => {
    expect(typed('number', '1'.repeat(MAX_KEYWORD_LENGTH + 5)).text).toHaveLength(MAX_KEYWORD_LENGTH);
    expect(typed('pinyin', 'a'.repeat(MAX_KEYWORD_LENGTH + 5)).pending).toHaveLength(MAX_KEYWORD_LENGTH);
  });
});

import { describe, expect, it } from 'vitest';
import { CARD_FIELDS, FIELD_GROUPS, FIELD_KEYS, FIELDS, isFieldKey } from '#contract/fields.ts';

describe('the catalogue of fields', () => {
  it('holds the 34 fields of the platform', () => {
    expect(FIELD_KEYS).toHaveLength(34);
    expect(new Set(FIELD_KEYS).size).toBe(34);
  });

  it('grants three of them always', () => {
    expect(FIELD_KEYS.filter((key) => FIELDS[key].grant === 'always')).toEqual([
      'name',
      'identity_type',
      'card_number',
    ]);
  });

  it('lets a kiosk show what the ministry lets be public, and no more', () => {
    expect(FIELD_KEYS.filter((key) => FIELDS[key].sensitivity === 'public')).toEqual([
      'name',
      'head_image',
      'identity_type',
      'college',
      'profession',
      'grade',
      'class',
      'campus',
    ]);
  });

  it('puts on a card what tells namesakes apart, and nothing restricted', () => {
    expect(CARD_FIELDS).toEqual(
      expect.arrayContaining(['name', 'head_image', 'identity_type', 'college', 'profession', 'card_number']),
    );
    for (const key of CARD_FIELDS) expect(['contact', 'restricted']).not.toContain(FIELDS[key].sensitivity);
  });

  it('starts with the head, and keeps each group together', () => {
    expect(FIELD_GROUPS[0]).toBe('head');
    const inOrder = FIELD_KEYS.map((key) => FIELDS[key].group);
    const changes = inOrder.filter((group, index) => group !== inOrder[index - 1]);
    expect(changes).toEqual(FIELD_GROUPS);
  });

  it('knows its own keys and no others', () => {
    expect(isFieldKey('id_card')).toBe(true);
    expect(isFieldKey('constructor')).toBe(false);
    expect(isFieldKey('__proto__')).toBe(false);
  });
});

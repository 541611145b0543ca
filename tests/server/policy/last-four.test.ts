import { describe, expect, it } from 'vitest';
import type { FieldKey } from '#contract/fields.ts';
import { endsIn, readAnswer } from '#server/policy/last-four.ts';

describe('readAnswer', () => {
  it.each([
    ['1234', '1234'],
    [' 12 34 ', '1234'],
    ['１２３４', '1234'],
    ['001x', '001X'],
    ['123', undefined],
    ['12345', undefined],
    ['----', undefined],
    ['**34', undefined],
    ['', undefined],
  ])('reads %j as %j', (typed, answer) => {
    expect(readAnswer(typed)).toBe(answer);
  });
});

describe('endsIn', () => {
  it.each<[FieldKey, string, string, boolean]>([
    ['telephone', '13812341234', '1234', true],
    ['telephone', '13812341234', '1235', false],
    ['telephone', '138-1234-5678', '5678', true],
    ['telephone', '13812341234/13912345678', '1234', true],
    ['telephone', '13812341234/13912345678', '5678', true],
    ['telephone', '010-62771234转8012', '1234', true],
    ['telephone', '010-62771234转8012', '8012', false],
    ['telephone', '138****1234', '1234', false],
    ['id_card', '11010120020319001x', '001X', true],
    ['id_card', '１１０１０１２００２０３１９００１２', '0012', true],
    ['id_card', '012', '0012', false],
    ['card_number', '07302590', '2590', true],
  ])('%s %s ends in %s: %s', (field, value, answer, isMatch) => {
    expect(endsIn(field, value, answer)).toBe(isMatch);
  });

  it('matches nothing where there is no value', () => {
    expect(endsIn('id_card', undefined, '0000')).toBe(false);
  });
});

import { cardNumberOf } from '#emulator/campus/invent.ts';

/** More than a round asks for, so that no two requests of a round have the same keyword. */
const MEMBERS = 200_000;
const SEED = 20190218;

/** As the emulator is started for the bench. */
export const CAMPUS_ENV = { EMULATOR_MEMBERS: String(MEMBERS), EMULATOR_SEED: String(SEED) } as const;

/** The first of them share a few names, and the last indexes stand for the people with names of their own. */
const FIRST = 5_000;
const LAST = MEMBERS - 1_000;

let next = FIRST;

/** Card numbers that nobody was asked for yet; they come round again after all others. */
export function takeCardNumbers(count: number): string[] {
  return Array.from({ length: count }, () => {
    const index = next;
    next = next + 1 < LAST ? next + 1 : FIRST;
    return cardNumberOf(SEED, index);
  });
}

/** Some of the campus, by what they are to it. */
export function viewersOf(kind: 'staff' | 'student', count: number): string[] {
  const isOne = (cardNumber: string) =>
    kind === 'staff' ? /^0\d{7}$/.test(cardNumber) : /^202[2-5]\d{9}$/.test(cardNumber);
  const found: string[] = [];
  for (let index = FIRST; found.length < count; index += 1) {
    const cardNumber = cardNumberOf(SEED, index);
    if (isOne(cardNumber)) found.push(cardNumber);
  }
  return found;
}

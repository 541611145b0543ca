/** Scrambles 32 bits (MurmurHash3's finalizer): neighbours in, strangers out. */
function scramble(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** A number in [0, 2^32) that depends on all three and on nothing else. */
export function draw(seed: number, index: number, salt: number): number {
  return scramble(scramble(scramble(seed) ^ index) ^ Math.imul(salt + 1, 0x9e3779b1));
}

/** Throws that follow from a seed, so that the campus is the same at every start. */
export class Dice {
  #seed: number;
  #throws = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** A whole number in [0, sides). */
  below(sides: number): number {
    this.#throws += 1;
    return draw(this.#seed, this.#throws, 0) % sides;
  }

  /** True in `percent` of a hundred throws. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new RangeError('nothing to pick from');
    return choice;
  }

  /** `count` decimal digits. */
  digits(count: number): string {
    return String(this.below(10 ** Math.min(count, 9))).padStart(count, '0');
  }
}

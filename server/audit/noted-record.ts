import type { StoredRecord } from './record.ts';
import type { Reader } from './settled.ts';
import type { Problem } from './walk.ts';

/**
 * Looks for a record that somebody noted elsewhere (`N:HASH`): a trail that was put back whole, its
 * seal included, to an earlier state is found by nothing else.
 */
export class NotedRecord implements Reader {
  readonly #seq: number;
  readonly #hash: string;
  #isThere = false;

  /** @throws Error when `noted` is not of the form that `verify` prints. */
  constructor(noted: string) {
    const [, seq, hash] = /^(\d{1,15}):([\w-]{43})$/.exec(noted) ?? [];
    if (seq === undefined || hash === undefined) {
      throw new Error('--expect takes what verify printed: a number, a colon and 43 characters');
    }
    this.#seq = Number(seq);
    this.#hash = hash;
  }

  see(record: StoredRecord): void {
    if (record.seq === this.#seq && record.hash === this.#hash) this.#isThere = true;
  }

  problems(file: string): Problem[] {
    if (this.#isThere) return [];
    return [{ file, what: `Record ${this.#seq} is not the one that was noted, or not there any more.` }];
  }
}

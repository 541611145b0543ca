import type { FieldKey } from '#contract/fields.ts';
import type { Counters } from '#server/limits/counters.ts';

const TRIES = 3;
const CLOSED_SECONDS = 3_600;
const A_DAY = 10;
const DAY_SECONDS = 24 * 3_600;

/** How often a member's last four may be guessed. */
export interface Tries {
  /**
   * Counts a try, right or wrong. Three for a viewer, member and field, then none for an hour; ten
   * a day for a member, whoever tries: with 10,000 answers to choose from, guessing leads nowhere.
   *
   * @param memberKey the same for the same member; never leaves the counters.
   * @returns undefined, or the seconds until there is another.
   */
  take(viewerId: string, memberKey: string, field: FieldKey): Promise<number | undefined>;
}

export function createTries(counters: Counters): Tries {
  return {
    async take(viewerId, memberKey, field) {
      const key = `try ${JSON.stringify([viewerId, memberKey, field])}`;
      const tries = await counters.add(key, 1, CLOSED_SECONDS);
      if (tries.count > TRIES) return seconds(tries.secondsLeft);
      // The hour is counted from the last of the three, not from the first.
      if (tries.count === TRIES) await counters.set(key, TRIES, CLOSED_SECONDS);

      const today = await counters.add(`tries ${memberKey}`, 1, DAY_SECONDS);
      return today.count > A_DAY ? seconds(today.secondsLeft) : undefined;
    },
  };
}

function seconds(left: number): number {
  return Math.max(Math.ceil(left), 1);
}

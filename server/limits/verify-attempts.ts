import type { FieldKey } from '#contract/fields.ts';
import type { SettableCounters } from './counters.ts';

const MAX_ATTEMPTS = 3;
const CLOSED_SECONDS = 3_600;
const A_DAY = 10;
const DAY_SECONDS = 24 * 3_600;

/** How often a member's last four may be guessed. */
export interface VerifyAttempts {
  /**
   * Counts a try, right or wrong. Three for a viewer, member and field, then none for an hour; ten
   * a day for a member, whoever attempts: with 10,000 answers to choose from, guessing leads nowhere.
   *
   * @param viewer see `viewerKey`.
   * @param memberKey the same for the same member; never leaves the counters.
   * @returns undefined, or the seconds until there is another.
   */
  take(viewer: string, memberKey: string, field: FieldKey): Promise<number | undefined>;
  /** The same answer, before anything is counted. */
  wait(viewer: string, memberKey: string, field: FieldKey): Promise<number | undefined>;
}

export function createVerifyAttempts(counters: SettableCounters): VerifyAttempts {
  const keyOf = (...of: [viewer: string, memberKey: string, field: FieldKey]) =>
    `attempt ${JSON.stringify(of)}`;
  return {
    async take(viewer, memberKey, field) {
      const key = keyOf(viewer, memberKey, field);
      const attempts = await counters.add(key, 1, CLOSED_SECONDS);
      if (attempts.count > MAX_ATTEMPTS) return seconds(attempts.secondsLeft);
      // The hour is counted from the last of the three, not from the first.
      if (attempts.count === MAX_ATTEMPTS) await counters.set(key, MAX_ATTEMPTS, CLOSED_SECONDS);

      const today = await counters.add(`attempts ${memberKey}`, 1, DAY_SECONDS);
      return today.count > A_DAY ? seconds(today.secondsLeft) : undefined;
    },

    async wait(viewer, memberKey, field) {
      const attempts = await counters.get(keyOf(viewer, memberKey, field));
      if (attempts.count >= MAX_ATTEMPTS) return seconds(attempts.secondsLeft);
      const today = await counters.get(`attempts ${memberKey}`);
      return today.count >= A_DAY ? seconds(today.secondsLeft) : undefined;
    },
  };
}

function seconds(left: number): number {
  return Math.max(Math.ceil(left), 1);
}

import type { Clock } from '#server/clock.ts';

/** What is good for one use. */
export interface UsedOnce {
  /**
   * @param until when it is void anyhow, in milliseconds since the epoch.
   * @returns whether this is its first use.
   */
  claim(value: string, until: number): Promise<boolean>;
}

export function createUsedOnce(clock: Clock): UsedOnce {
  const used = new Map<string, number>();
  return {
    claim(value, until) {
      for (const [old, end] of used) if (end <= clock()) used.delete(old);
      const isFirst = !used.has(value);
      used.set(value, until);
      return Promise.resolve(isFirst);
    },
  };
}

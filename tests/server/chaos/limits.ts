import type { Check } from './checks.ts';
import { lifeOf } from './history.ts';
import type { Asked, History } from './history.ts';
import { beyondLimit } from './ledger.ts';
import type { Entry, Limit } from './ledger.ts';
import { MISS_COST, PROFILES, VERIFY_LIMITS } from './policy.ts';

const HOUR_MS = 3_600_000;

/** No viewer's budget and no count of verifications is exceeded by more than is documented for Redis being away. */
export function limitsHold(history: History): Check {
  const counts = new Map<string, { entries: Entry[]; limit: Limit }>();
  let reached = 0;
  for (const asked of history.asked) {
    const life = lifeOf(history, asked);
    if (asked.status === 429) reached += 1;
    if (asked.status !== 200 || life === undefined) continue;
    for (const { key, points, limit } of countedBy(asked)) {
      const count = counts.get(key) ?? { entries: [], limit };
      counts.set(key, count);
      count.entries.push({ key, points, life, from: asked.from, until: asked.until });
    }
  }
  const violations = [...counts].flatMap(([key, { entries, limit }]) =>
    beyondLimit(entries, limit, history).map((what) => `${key}: ${what}`),
  );
  return { name: 'limits', figures: `${counts.size} counts, ${reached} refusals`, violations };
}

interface Counted {
  readonly key: string;
  readonly points: number;
  readonly limit: Limit;
}

function countedBy({ action, viewer, kind, about, people, from, until }: Asked): Counted[] {
  if (action === 'sign-in' || action === 'sign-out') return [];
  const hour = Math.floor(until / HOUR_MS);
  // Nobody can say to which hour it belongs.
  const isBetweenHours = Math.floor(from / HOUR_MS) !== hour;
  const points = people === 0 ? MISS_COST : people;
  const limit = { most: PROFILES[kind].limits.hour, isStrict: false };
  const budget = isBetweenHours ? [] : [{ key: `budget of ${viewer} in hour ${hour}`, points, limit }];
  if (action !== 'verify') return budget;
  const strict = (most: number) => ({ most, isStrict: true });
  return [
    ...budget,
    { key: `guesses of ${viewer} about ${about}`, points: 1, limit: strict(VERIFY_LIMITS.own) },
    { key: `guesses about ${about}`, points: 1, limit: strict(VERIFY_LIMITS.day) },
  ];
}

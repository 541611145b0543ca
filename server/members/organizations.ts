import type { Clock } from '#server/clock.ts';
import type { Logger } from '#server/logger.ts';

const TTL_MS = 60 * 60 * 1000;
/** After a failure nobody waits for names for this long. */
const REST_MS = 30_000;
/** A member is not kept waiting longer than this for the names of their organisations. */
const WAIT_MS = 1_000;
const MAX_ENTRIES = 20_000;

/** Organisation ids → names, remembered. */
export interface Organizations {
  /** Never fails: an id without a name is missing. */
  namesOf(ids: readonly number[]): Promise<Record<string, string>>;
}

export interface OrganizationsParts {
  fetch: (ids: readonly number[]) => Promise<Map<number, string>>;
  clock: Clock;
  logger: Logger;
}

/** Names change rarely and there are few: each is asked for once an hour, one that the platform does not know too. */
export function createOrganizations({ fetch, clock, logger }: OrganizationsParts): Organizations {
  const known = new Map<number, { name: string | undefined; until: number }>();
  let restUntil = 0;

  async function learn(ids: readonly number[]): Promise<void> {
    try {
      const names = await fetch(ids);
      if (known.size + ids.length > MAX_ENTRIES) known.clear();
      for (const id of ids) known.set(id, { name: names.get(id), until: clock() + TTL_MS });
    } catch (error) {
      restUntil = clock() + REST_MS;
      logger.warn({ err: error }, 'organisations not resolved');
    }
  }

  return {
    async namesOf(ids) {
      const now = clock();
      const missing = [...new Set(ids)].filter((id) => (known.get(id)?.until ?? 0) <= now);
      if (missing.length > 0 && now >= restUntil) await atMost(WAIT_MS, learn(missing));
      const names: Record<string, string> = {};
      for (const id of ids) {
        const name = known.get(id)?.name;
        if (name !== undefined) names[id] = name;
      }
      return names;
    },
  };
}

async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}

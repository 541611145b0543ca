import type { Clock } from '#server/clock.ts';
import { createBudgets } from './budget.ts';
import type { Budget, Taken } from './budget.ts';
import type { Counters } from './counters.ts';
import type { EnumerationGuard, EnumerationReport } from './enumeration.ts';
import type { InFlight } from './in-flight.ts';

/** A search that finds nobody costs this many people: guessing is dearer than knowing. */
const MISS_COST = 3;

/** Who asks, and for what. */
export interface LookupRequest {
  /** See `viewerKey`. */
  readonly viewer: string;
  readonly address: string;
  /** The viewer's own budget. */
  readonly budget: Budget;
  /** Where the keyword is a card number. */
  readonly cardNumber?: string;
  /** Called when this request is the one with which an enumeration begins, or is slowed. The log line's request id leads to the audit log, and to who. */
  readonly report: (event: EnumerationReport) => void;
}

export type LimitScope = 'viewer' | 'address' | 'deployment' | 'at-once';

export type Admission =
  | { readonly ok: true; readonly lookup: AdmittedLookup }
  /** `retryAfter` in seconds. */
  | { readonly ok: false; readonly scope: LimitScope; readonly retryAfter: number };

export interface AdmittedLookup {
  /** Wait this long before answering. */
  readonly delayMs: number;
  /** Ends a lookup that was answered. */
  answered(people: number): Promise<void>;
  /** Ends a lookup that came to nothing through no fault of the viewer's: it costs nothing. */
  failed(): Promise<void>;
}

export interface LookupLimits {
  admit(request: LookupRequest): Promise<Admission>;
}

export interface LookupLimitsParts {
  counters: Counters;
  inFlight: InFlight;
  enumeration: EnumerationGuard;
  clock: Clock;
  /** Asked each time: they may change while the relay runs. */
  shared: { readonly address: Budget; readonly deployment: Budget };
}

/**
 * Budgets by people returned: the viewer's, their address's and the deployment's. One point of each
 * is taken before the platform is asked and the rest after, so that an answer is given whole while
 * anything is left; how many lookups run at once bounds how far that can be stretched.
 */
export function createLookupLimits(parts: LookupLimitsParts): LookupLimits {
  const { enumeration, inFlight } = parts;
  const budgets = createBudgets(parts.counters, parts.clock);

  return {
    async admit(request) {
      const { viewer, budget, cardNumber, report } = request;
      const step =
        cardNumber === undefined ? undefined : await enumeration.step(viewer, cardNumber, deskPace(budget));
      step?.reports.forEach(report);

      const end = await inFlight.begin(viewer, mostAtOnce(budget));
      if (end === undefined) return { ok: false, scope: 'at-once', retryAfter: 1 };
      const taken = await takeAll(request);
      if (!Array.isArray(taken)) {
        await end();
        return taken;
      }
      const settle = async (points: number) => {
        try {
          for (const each of taken) await each.add(points - 1);
        } finally {
          await end();
        }
      };
      return {
        ok: true,
        lookup: {
          delayMs: step?.delayMs ?? 0,
          answered: (people) => settle(people === 0 ? MISS_COST : people),
          failed: () => settle(0),
        },
      };
    },
  };

  async function takeAll({ viewer, address, budget }: LookupRequest): Promise<Taken[] | Admission> {
    const scopes = [
      ['viewer', `viewer ${viewer}`, budget],
      ['address', `address ${address}`, parts.shared.address],
      ['deployment', 'deployment', parts.shared.deployment],
    ] as const;
    const taken: Taken[] = [];
    for (const [scope, key, limit] of scopes) {
      const result = await budgets.take(key, limit);
      if (typeof result !== 'number') {
        taken.push(result);
        continue;
      }
      for (const each of taken) await each.add(-1);
      return { ok: false, scope, retryAfter: result };
    }
    return taken;
  }
}

/** Neighbours in a minute: a desk has one every five seconds, and moments of one every three; a demonstration's tests in proportion. */
function deskPace({ hour }: Budget): number {
  return Math.max(20, Math.floor(hour / 20));
}

/** A person looks up one member at a time; the app sends one request at a time. */
function mostAtOnce({ hour }: Budget): number {
  return Math.max(4, Math.ceil(hour / 100));
}

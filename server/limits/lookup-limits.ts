import type { Clock } from '#server/clock.ts';
import { createBudgets } from './budget.ts';
import type { Budget, Taken } from './budget.ts';
import type { Counters } from './counters.ts';
import { createInFlight } from './in-flight.ts';
import type { WalkAllowance, Walks } from './walks.ts';

/** A search that finds nobody costs this many people: guessing is dearer than knowing. */
const MISS_COST = 3;

/** Who asks, and for what. */
export interface LookupRequest {
  readonly viewerId: string;
  readonly address: string;
  /** The viewer's own budget. */
  readonly budget: Budget;
  /** Where the keyword is a card number. */
  readonly cardNumber?: string;
  /** Called when this request is the one that turned a walk into a slow one, or ended it. */
  readonly report: (walk: WalkReport) => void;
}

/** What to tell the operator; never the numbers. The log line's request id leads to the trail, and to who. */
export type WalkReport = 'walk-slowed' | 'walk-stopped';

export type LimitScope = 'viewer' | 'address' | 'deployment' | 'walk' | 'at-once';

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
  walks: Walks;
  clock: Clock;
  address: Budget;
  deployment: Budget;
}

/**
 * Budgets by people returned: the viewer's, their address's and the deployment's. One point of each
 * is taken before the platform is asked and the rest after, so that an answer is given whole while
 * anything is left; how many lookups run at once bounds how far that can be stretched.
 */
export function createLookupLimits(parts: LookupLimitsParts): LookupLimits {
  const { walks } = parts;
  const budgets = createBudgets(parts.counters, parts.clock);
  const inFlight = createInFlight();

  return {
    async admit(request) {
      const { viewerId, budget, cardNumber, report } = request;
      const step =
        cardNumber === undefined
          ? ({ stage: 'free' } as const)
          : walks.step(viewerId, cardNumber, walkAllowance(budget));
      if (step.stage !== 'free' && step.isNew) report(`walk-${step.stage}`);
      if (step.stage === 'stopped') return { ok: false, scope: 'walk', retryAfter: step.retryAfter };

      const end = inFlight.begin(viewerId, mostAtOnce(budget));
      if (end === undefined) return { ok: false, scope: 'at-once', retryAfter: 1 };
      const taken = await takeAll(request);
      if (!Array.isArray(taken)) {
        end();
        return taken;
      }
      const settle = async (points: number) => {
        try {
          for (const each of taken) await each.add(points - 1);
        } finally {
          end();
        }
      };
      return {
        ok: true,
        lookup: {
          delayMs: step.stage === 'slowed' ? step.delayMs : 0,
          answered: (people) => settle(people === 0 ? MISS_COST : people),
          failed: () => settle(0),
        },
      };
    },
  };

  async function takeAll({ viewerId, address, budget }: LookupRequest): Promise<Taken[] | Admission> {
    const scopes = [
      ['viewer', `viewer ${viewerId}`, budget],
      ['address', `address ${address}`, parts.address],
      ['deployment', 'deployment', parts.deployment],
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

/** A class of thirty is looked up number by number; a demonstration's tests walk in proportion. */
function walkAllowance({ hour }: Budget): WalkAllowance {
  const stopAt = Math.max(30, Math.floor(hour / 20));
  return { slowAt: Math.floor(stopAt / 3), stopAt };
}

/** A person looks up one member at a time; the app sends one request at a time. */
function mostAtOnce({ hour }: Budget): number {
  return Math.max(4, Math.ceil(hour / 100));
}

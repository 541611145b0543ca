import type { EndpointName } from './paths.ts';
import { ENDPOINT_NAMES } from './paths.ts';

export interface Stats {
  /** How often each was called; those that went wrong count too. */
  calls: Record<EndpointName, number>;
  /** Application tokens handed out. */
  tokensIssued: number;
}

export interface StatsCounter {
  read(): Stats;
  reset(): void;
  countCall(endpoint: EndpointName): void;
  countToken(): void;
}

export function createStats(): StatsCounter {
  let calls = noCalls();
  let tokensIssued = 0;
  return {
    read: () => ({ calls: { ...calls }, tokensIssued }),
    reset() {
      calls = noCalls();
      tokensIssued = 0;
    },
    countCall: (endpoint) => void (calls[endpoint] += 1),
    countToken: () => void (tokensIssued += 1),
  };
}

function noCalls(): Stats['calls'] {
  return Object.fromEntries(ENDPOINT_NAMES.map((name) => [name, 0])) as Stats['calls'];
}

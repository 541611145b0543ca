import type { Clock } from '#server/clock.ts';
import { memoryCounters } from '#server/limits/counters.ts';
import { memoryEnumerationGuard } from '#server/limits/enumeration.ts';
import { memoryInFlight } from '#server/limits/in-flight.ts';
import type { Revocations } from '#server/viewers/revocations.ts';
import { fetchAlone } from '#server/wecard/token.ts';
import type { SharedDocument } from './document.ts';
import { memoryNonces } from './nonces.ts';
import type { SharedState } from './shared-state.ts';

/** What a single relay needs: its own memory, and its files. */
export function memoryState(
  files: { revocations: Revocations; kiosks: SharedDocument },
  clock: Clock,
): SharedState {
  const counters = memoryCounters(clock);
  return {
    ...files,
    counters,
    strictCounters: counters,
    inFlight: memoryInFlight(),
    enumeration: memoryEnumerationGuard(clock),
    nonces: memoryNonces(clock),
    shareFetch: fetchAlone,
    isUp: true,
    relays: undefined,
    close: () => Promise.resolve(),
  };
}

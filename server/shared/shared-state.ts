import type { Counters, SettableCounters } from '#server/limits/counters.ts';
import type { EnumerationGuard } from '#server/limits/enumeration.ts';
import type { InFlight } from '#server/limits/in-flight.ts';
import type { Revocations } from '#server/viewers/revocations.ts';
import type { ShareFetch } from '#server/wecard/token.ts';
import type { SharedDocument } from './document.ts';
import type { Nonces } from './nonces.ts';

/** What the relays of a school must agree on. Everything else of a relay is its own. */
export interface SharedState {
  readonly counters: Counters;
  /** Rejects with a `Failure` while the other relays cannot be asked, where `counters` count by themselves. */
  readonly strictCounters: SettableCounters;
  readonly inFlight: InFlight;
  readonly enumeration: EnumerationGuard;
  readonly nonces: Nonces;
  readonly revocations: Revocations;
  readonly kiosks: SharedDocument;
  /** One fetch for all relays, for each token that runs out or is rejected. */
  readonly shareFetch: ShareFetch;
  /** False while the other relays cannot be asked. */
  readonly isUp: boolean;
  /** How many relays there are, this one included, as it was last told; undefined: there can be no other. */
  readonly relays: number | undefined;
  close(): Promise<void>;
}

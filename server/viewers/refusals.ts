import type { LookupOutcome, Trail } from '#server/audit/trail.ts';
import type { Clock } from '#server/clock.ts';
import type { Viewer } from './viewer.ts';

/** Who is turned away before a lookup begins has at most this many pairs of records a minute, all together. */
const MOST_SOURCES = 10;
const WINDOW_MS = 60_000;

export interface RefusedRequest {
  readonly outcome: LookupOutcome;
  readonly requestId: string;
  /** Where the request came from. */
  readonly address: string;
  /** Who it was, where that is known. */
  readonly viewer?: Viewer;
  readonly device?: string | undefined;
}

/** Puts requests that were turned away at the door into the trail, without letting their sender fill the disk. */
export interface Refusals {
  note(refused: RefusedRequest): void;
  /** Writes what was only counted so far. */
  close(): Promise<void>;
}

interface Source {
  readonly first: RefusedRequest;
  repeated: number;
}

/**
 * Of each source the first refusal in a minute is written; the rest are counted, and their number is
 * written when the minute is over. Sources beyond the tenth count as one, without an address.
 *
 * Nothing is disclosed to whoever is refused, so the answer waits for no disk.
 */
export function createRefusals(trail: Pick<Trail, 'record'>, clock: Clock): Refusals {
  let sources = new Map<string, Source>();
  let since = 0;
  let timer: NodeJS.Timeout | undefined;

  async function write({ viewer, address, ...refused }: RefusedRequest, more: object = {}): Promise<void> {
    const device = refused.device ?? (address === '' ? undefined : `address ${address}`);
    const who = { viewer: viewer?.id, kind: viewer?.kind, device };
    const { outcome, requestId } = refused;
    // A trail that cannot be written says so itself, and keeps every lookup from being answered.
    await trail.record({ event: 'refusal', outcome, requestId, ...who, ...more }).catch(() => undefined);
  }

  async function writeCounts(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const counted = [...sources.values()].filter(({ repeated }) => repeated > 0);
    sources = new Map();
    await Promise.all(counted.map(({ first, repeated }) => write(first, { repeated })));
  }

  return {
    note(refused) {
      if (clock() - since >= WINDOW_MS) {
        void writeCounts();
        since = clock();
      }
      timer ??= setTimeout(() => void writeCounts(), WINDOW_MS).unref();
      const own = `${refused.outcome} ${refused.viewer?.id ?? refused.address}`;
      const isOneTooMany = !sources.has(own) && sources.size >= MOST_SOURCES;
      const key = isOneTooMany ? 'others' : own;
      const source = sources.get(key);
      if (source !== undefined) {
        source.repeated += 1;
        return;
      }
      const { outcome, requestId } = refused;
      const first = isOneTooMany ? { outcome, requestId, address: '' } : refused;
      sources.set(key, { first, repeated: 0 });
      void write(first);
    },
    close: writeCounts,
  };
}

import type { Logger } from '#server/logger.ts';
import type { Recorder } from '#server/recorder.ts';
import type { Nonces } from '#server/shared/nonces.ts';
import type { KioskRegistry } from './registry.ts';

const LOOK_EVERY_MS = 1_000;

/** Of several relays one writes the record; where it could not, another one may after so long. */
const TURN_SECONDS = 5;

export interface RevocationRecordsParts {
  readonly recorder: Pick<Recorder, 'record'>;
  readonly nonces: Nonces;
  readonly logger: Pick<Logger, 'warn'>;
}

export interface RevocationRecords {
  stop(): Promise<void>;
}

/** What stands in place of a request's id: nobody sent a request. */
const BY_COMMAND = 'command-line';

/**
 * Writes into the audit log what the command line revokes. Only a relay writes there; the command
 * line leaves its word in the shared list, also while no relay runs. A relay that is killed between the
 * record and the mark writes the record again.
 */
export function recordRevocations(
  kiosks: Pick<KioskRegistry, 'unrecordedRevocations' | 'markRecorded'>,
  { recorder, nonces, logger }: RevocationRecordsParts,
): RevocationRecords {
  let running = Promise.resolve();
  let isReported = false;
  /** Recorded here, and not marked yet. */
  const recorded = new Set<string>();
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  look();

  async function recordNew(): Promise<void> {
    for (const { id } of await kiosks.unrecordedRevocations()) {
      if (recorded.has(id) || !(await nonces.use(`revocation ${id}`, TURN_SECONDS))) continue;
      const whose = { viewer: id, kind: 'kiosk', device: id } as const;
      await recorder.record({ event: 'revoke', outcome: 'ok', requestId: BY_COMMAND, ...whose });
      recorded.add(id);
    }
    if (recorded.size === 0) return;
    await kiosks.markRecorded([...recorded]);
    recorded.clear();
  }

  function look(): void {
    running = running.then(recordNew).then(
      () => void (isReported = false),
      (error: unknown) => {
        // Tried again in a second; told once.
        if (!isReported) logger.warn({ err: error }, 'the revocation of a kiosk is not in the audit log yet');
        isReported = true;
      },
    );
  }

  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

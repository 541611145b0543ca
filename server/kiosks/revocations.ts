import type { Logger } from '#server/logger.ts';
import type { Recorder } from '#server/recorder.ts';
import type { KioskRegistry } from './registry.ts';

const LOOK_EVERY_MS = 1_000;

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
  recorder: Pick<Recorder, 'record'>,
  logger: Pick<Logger, 'warn'>,
): RevocationRecords {
  let running = Promise.resolve();
  let isReported = false;
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  look();

  async function recordNew(): Promise<void> {
    const revoked = await kiosks.unrecordedRevocations();
    if (revoked.length === 0) return;
    for (const { id } of revoked) {
      const whose = { viewer: id, kind: 'kiosk', device: id } as const;
      await recorder.record({ event: 'revoke', outcome: 'ok', requestId: BY_COMMAND, ...whose });
    }
    await kiosks.markRecorded(revoked.map(({ id }) => id));
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

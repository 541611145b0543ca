import type { Trail } from '#server/audit/trail.ts';
import type { Logger } from '#server/logger.ts';
import type { KioskRegistry } from './registry.ts';

const LOOK_EVERY_MS = 1_000;

export interface RevocationRecords {
  stop(): Promise<void>;
}

/** What stands in place of a request's id: nobody sent a request. */
const BY_COMMAND = 'command-line';

/**
 * Writes into the trail what the command line revokes. The trail has one writer, the relay; the command
 * line leaves its word in the shared list, also while no relay runs. A relay that is killed between the
 * record and the mark writes the record again.
 */
export function recordRevocations(
  kiosks: Pick<KioskRegistry, 'unrecordedRevocations' | 'markRecorded'>,
  trail: Pick<Trail, 'record'>,
  logger: Pick<Logger, 'warn'>,
): RevocationRecords {
  let running = Promise.resolve();
  let isTold = false;
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  look();

  async function recordNew(): Promise<void> {
    const revoked = await kiosks.unrecordedRevocations();
    if (revoked.length === 0) return;
    for (const { id } of revoked) {
      const whose = { viewer: id, kind: 'kiosk', device: id } as const;
      await trail.record({ event: 'revoke', outcome: 'ok', requestId: BY_COMMAND, ...whose });
    }
    await kiosks.markRecorded(revoked.map(({ id }) => id));
  }

  function look(): void {
    running = running.then(recordNew).then(
      () => void (isTold = false),
      (error: unknown) => {
        // Tried again in a second; told once.
        if (!isTold) logger.warn({ err: error }, 'the revocation of a kiosk is not in the trail yet');
        isTold = true;
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

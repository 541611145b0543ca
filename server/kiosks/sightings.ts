import type { Clock } from '#server/clock.ts';
import type { Logger } from '#server/logger.ts';
import type { Kiosk, KioskRegistry, Seen } from './registry.ts';

/** Often enough for a list that people read; one write for all kiosks, whatever they ask for meanwhile. */
const WRITE_EVERY_MS = 60_000;

/** When each kiosk was seen last. */
export interface KioskSightings {
  /** @param seen what a request shows of it; what it does not show stays as it was. */
  saw(kioskId: string, seen: Omit<Seen, 'seenAt'>): void;
  /** The list, with what is not written yet. */
  list(): Promise<readonly Kiosk[]>;
  /** Writes what is not written yet. */
  stop(): Promise<void>;
}

export function watchKiosks(
  registry: Pick<KioskRegistry, 'list' | 'markSeen'>,
  clock: Clock,
  logger: Pick<Logger, 'warn'>,
): KioskSightings {
  const unwritten = new Map<string, Seen>();
  let isReported = false;
  const timer = setInterval(() => void write(), WRITE_EVERY_MS).unref();

  async function write(): Promise<void> {
    const batch = new Map(unwritten);
    if (batch.size === 0) return;
    try {
      await registry.markSeen(batch);
      for (const [id, seen] of batch) if (unwritten.get(id) === seen) unwritten.delete(id);
      isReported = false;
    } catch (error) {
      // Tried again in a minute; told once.
      if (!isReported) logger.warn({ err: error }, 'when kiosks were seen last cannot be written');
      isReported = true;
    }
  }

  return {
    saw(kioskId, seen) {
      const seenAt = new Date(clock()).toISOString();
      unwritten.set(kioskId, { ...unwritten.get(kioskId), ...seen, seenAt });
    },
    async list() {
      const kiosks = await registry.list();
      return kiosks.map((kiosk) => ({ ...kiosk, ...unwritten.get(kiosk.id) }));
    },
    async stop() {
      clearInterval(timer);
      await write();
    },
  };
}

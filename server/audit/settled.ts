import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditKeys } from './keys.ts';
import { isLocked } from './lock.ts';
import type { StoredRecord } from './record.ts';
import { walkTrail } from './walk.ts';
import type { Walked } from './walk.ts';

/** Takes in every record of a trail, oldest first. */
export interface Reader {
  see(record: StoredRecord): void;
}

const ATTEMPTS = 4;
const PAUSE_MS = 250;

/**
 * Walks a trail that a relay may be writing meanwhile: half a write, or a file that was just
 * renamed, looks like damage for a moment, so what is wrong must stay wrong.
 *
 * @param start makes a reader for each attempt.
 */
export async function walkSettled<R extends Reader>(
  trailFile: string,
  keys: AuditKeys,
  start: () => R,
): Promise<{ walked: Walked; reader: R }> {
  for (let attempt = 1; ; attempt += 1) {
    const reader = start();
    const walked = await walkTrail(trailFile, keys, (record) => reader.see(record));
    const isFinal = walked.problems.length === 0 || attempt === ATTEMPTS;
    if (isFinal || !(await isLocked(trailFile))) return { walked, reader };
    await sleep(PAUSE_MS);
  }
}

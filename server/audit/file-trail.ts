import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '#server/clock.ts';
import type { Logger } from '#server/logger.ts';
import { ChainWriter } from './chain-writer.ts';
import { GroupTrail } from './group-trail.ts';
import type { AuditKeys } from './keys.ts';
import { TrailLock } from './lock.ts';
import { trailBodyOf } from './record.ts';
import type { TrailEvent } from './record.ts';
import { recover } from './recover.ts';
import type { Recovered } from './recover.ts';
import { setAside } from './set-aside.ts';
import { DEFAULT_RETENTION_DAYS } from './trail.ts';
import type { Trail } from './trail.ts';

export interface TrailOptions {
  /** The active file. Its neighbours `*.head`, `*.lock` and the full files belong to the trail, too. */
  file: string;
  keys: AuditKeys;
  /** How long a record is kept at least; whole files go, so up to a day more. */
  retentionDays?: number;
  maxFileBytes?: number;
  now?: Clock;
  log?: Pick<Logger, 'info' | 'error'>;
}

const DEFAULT_MAX_FILE_BYTES = 64 * 2 ** 20;

/**
 * Opens the trail for writing, recovers what the last run left, and writes a first record.
 *
 * @throws TrailLocked when another relay writes it; any file error when it cannot be written.
 */
export async function openTrail(options: TrailOptions): Promise<Trail> {
  await mkdir(dirname(options.file), { recursive: true, mode: 0o700 });
  const lock = await TrailLock.take(options.file);
  try {
    const recovered = await recoverOrSetAside(options);
    const now = options.now ?? Date.now;
    const writer = await ChainWriter.open(
      {
        file: options.file,
        keys: options.keys,
        retentionDays: options.retentionDays ?? DEFAULT_RETENTION_DAYS,
        maxFileBytes: options.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES,
        now,
        onProblem: (error) => options.log?.error({ err: error }, 'the trail could not tidy up'),
      },
      recovered,
    );
    await writer.commit([trailBodyOf(openingOf(recovered), options.keys[0], now())]);
    writer.sealSoon();
    return new GroupTrail({ writer, lock, key: options.keys[0], now, log: options.log });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

interface Beginning extends Recovered {
  /** Where the trail went that was there before. */
  aside?: string;
}

/** What nothing can be told of, for want of its key, keeps no relay from starting: a new trail begins beside it. */
async function recoverOrSetAside({ file, keys, log }: TrailOptions): Promise<Beginning> {
  const recovered = await recover(file, keys);
  if (recovered.opened) return recovered;
  const aside = await setAside(file);
  log?.error({ aside }, 'no key opens the trail that was here: it was set aside, and a new one begins');
  return { ...(await recover(file, keys)), sealMissing: true, aside };
}

function openingOf({ cut, sealMissing, aside }: Beginning): TrailEvent {
  return {
    event: 'open',
    ...(cut > 0 ? { cut } : {}),
    ...(sealMissing ? { seal: 'missing' } : {}),
    ...(aside === undefined ? {} : { aside }),
  };
}

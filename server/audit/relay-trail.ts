import type { Clock } from '#server/clock.ts';
import type { Logger } from '#server/logger.ts';
import { openTrail } from './file-trail.ts';
import { keyFileOf, makeKeyFile, readKeyFile } from './key-file.ts';
import { auditKeysOf } from './keys.ts';
import type { Trail } from './trail.ts';

/** The part of the relay's settings that the trail needs. */
export interface TrailSettings {
  auditFile: string;
  /** 32 bytes each, newest first; empty: one is made at the first start, beside the trail. */
  auditKeys: readonly Buffer[];
  auditRetentionDays: number;
}

/** The trail as the settings have it, open for writing. See `openTrail` for what it throws. */
export async function openRelayTrail(
  { auditFile, auditKeys, auditRetentionDays }: TrailSettings,
  { clock, logger }: { clock: Clock; logger: Logger },
): Promise<Trail> {
  const secrets = auditKeys.length > 0 ? auditKeys : [await keyBeside(auditFile, logger)];
  return openTrail({
    file: auditFile,
    keys: auditKeysOf(secrets),
    retentionDays: auditRetentionDays,
    now: clock,
    log: logger,
  });
}

async function keyBeside(auditFile: string, logger: Logger): Promise<Buffer> {
  const present = await readKeyFile(auditFile);
  if (present !== undefined) return present;
  const made = await makeKeyFile(auditFile);
  logger.info({ file: keyFileOf(auditFile) }, 'a key for the trail was made');
  return made;
}

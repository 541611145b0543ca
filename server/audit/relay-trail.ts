import { join, parse } from 'node:path';
import type { Clock } from '#server/clock.ts';
import type { Logger } from '#server/logger.ts';
import { openTrail } from './file-trail.ts';
import { keyFileOf, makeKeyFile, readKeyFile } from './key-file.ts';
import { auditKeysOf } from './keys.ts';
import { TrailLocked } from './lock.ts';
import { DEFAULT_AUDIT_FILE } from './trail.ts';
import type { Trail } from './trail.ts';

/** The part of the relay's settings that the trail needs. */
export interface TrailSettings {
  auditFile: string;
  /** 32 bytes each, newest first; empty: one is made at the first start, beside the trail. */
  auditKeys: readonly Buffer[];
  auditRetentionDays: number;
}

interface Parts {
  clock: Clock;
  logger: Logger;
}

const MOST_RELAYS = 16;

/** The trail as the settings have it, open for writing. See `openTrail` for what it throws. */
export async function openRelayTrail(settings: TrailSettings, parts: Parts): Promise<Trail> {
  const { auditFile, auditKeys, auditRetentionDays } = settings;
  const { clock, logger } = parts;
  const secrets = auditKeys.length > 0 ? auditKeys : [await keyBeside(auditFile, logger)];
  const keys = auditKeysOf(secrets);
  for (const file of filesToTry(auditFile)) {
    try {
      return await openTrail({ file, keys, retentionDays: auditRetentionDays, now: clock, log: logger });
    } catch (error) {
      if (!(error instanceof TrailLocked) || auditFile !== DEFAULT_AUDIT_FILE) throw error;
      logger.info({ file }, 'another relay writes this trail: the next one is taken');
    }
  }
  throw new TrailLocked(`Too many relays write beside ${auditFile}. Give each relay its own AUDIT_FILE.`);
}

/** Where nobody chose a file, a second relay that is tried out in the same folder must start, too. */
function filesToTry(auditFile: string): string[] {
  const others = Array.from({ length: MOST_RELAYS - 1 }, (_, index) => neighbour(auditFile, index + 2));
  return [auditFile, ...others];
}

/** `data/audit-2.ndjson` */
function neighbour(auditFile: string, number: number): string {
  const { dir, name, ext } = parse(auditFile);
  return join(dir, `${name}-${number}${ext}`);
}

async function keyBeside(auditFile: string, logger: Logger): Promise<Buffer> {
  const present = await readKeyFile(auditFile);
  if (present !== undefined) return present;
  await makeKeyFile(auditFile);
  const made = await readKeyFile(auditFile);
  if (made === undefined) throw new Error(`${keyFileOf(auditFile)} cannot be read`);
  logger.info({ file: keyFileOf(auditFile) }, 'a key for the trail was made');
  return made;
}

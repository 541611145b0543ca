import { readLine } from './chain.ts';
import { rotatedFiles } from './files.ts';
import type { AuditKeys } from './keys.ts';
import { readLines } from './lines.ts';
import type { StoredRecord } from './record.ts';

/** Whole files that are past their time, and where the chain starts without them. */
export interface Expired {
  readonly paths: readonly string[];
  /** The last record that goes, and its hash. */
  readonly through: number;
  readonly anchor: string;
}

/**
 * The oldest files of which every record is older than `before` (ms). A file's age is told by the
 * first record of the one after it, which is signed; a name or a file's date is not.
 */
export async function findExpired(
  trailFile: string,
  keys: AuditKeys,
  before: number,
): Promise<Expired | undefined> {
  const files = await rotatedFiles(trailFile);
  let expired: Expired | undefined;
  for (const [index, { path }] of files.entries()) {
    const next = files[index + 1];
    const start = next === undefined ? undefined : await firstRecord(next.path, keys);
    if (start === undefined || Date.parse(start.time) >= before) break;
    expired = { paths: [...(expired?.paths ?? []), path], through: start.seq - 1, anchor: start.prev };
  }
  return expired;
}

async function firstRecord(path: string, keys: AuditKeys): Promise<StoredRecord | undefined> {
  for await (const [line] of readLines(path)) {
    if (line !== undefined) return readLine(line.bytes, keys);
  }
  return undefined;
}

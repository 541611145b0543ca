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
 * first record of the one after it, which is signed; a name or a file's date is not. A file that
 * does not begin with the record that its name says stays, and so do all after it.
 */
export async function findExpired(
  trailFile: string,
  keys: AuditKeys,
  before: number,
): Promise<Expired | undefined> {
  const [oldest, ...others] = await rotatedFiles(trailFile);
  if (oldest === undefined) return undefined;
  let file = oldest;
  let start = await firstRecord(file.path, keys);
  let expired: Expired | undefined;
  for (const next of others) {
    const end = await firstRecord(next.path, keys);
    if (start?.seq !== file.first || end?.seq !== next.first || Date.parse(end.time) >= before) break;
    expired = { paths: [...(expired?.paths ?? []), file.path], through: end.seq - 1, anchor: end.prev };
    file = next;
    start = end;
  }
  return expired;
}

async function firstRecord(path: string, keys: AuditKeys): Promise<StoredRecord | undefined> {
  for await (const [line] of readLines(path)) {
    if (line !== undefined) return readLine(line.bytes, keys);
  }
  return undefined;
}

import { keyNamedBy } from './chain.ts';
import type { AuditKeys } from './keys.ts';
import type { Line } from './lines.ts';
import type { StoredRecord } from './record.ts';

/**
 * Says of a line that does not stand as the relay wrote it what may have happened to it.
 *
 * @param record what it holds where its hash fits, and only its end is missing.
 */
export function whatIsWrong(line: Line, record: StoredRecord | undefined, keys: AuditKeys): string {
  if (!line.ended) {
    return record === undefined
      ? `${line.bytes.length} bytes without an end: a write that was interrupted and never acknowledged (the relay cuts it off when it starts), or somebody changed it.`
      : 'The line break at its end is missing.';
  }
  const key = keyNamedBy(line.bytes);
  if (key !== undefined && !keys.some(({ id }) => id === key)) {
    return `It names the key ${JSON.stringify(key)}, which AUDIT_KEY does not hold: add that key behind the newer ones. Otherwise it was changed.`;
  }
  return 'It was changed or added: its hash does not fit.';
}

import { checkFile } from './file-check.ts';
import type { CheckedFile, Problem, Witness } from './file-check.ts';
import { findFiles, orNothing, unnamedHeads } from './folder.ts';
import type { FoundFile } from './folder.ts';
import type { AuditKeys } from './keys.ts';
import type { FileHead, StoredRecord } from './record.ts';
import { newestOpenings } from './retention.ts';

export interface Verified {
  files: number;
  records: number;
  /** When the oldest and the newest record were written, ISO 8601; empty when there is none. */
  from: string;
  to: string;
  problems: Problem[];
  /** What happened by itself: relays that were killed, times without writing, what retention did. */
  notes: string[];
  /** The ends of files that no other names: whoever keeps these elsewhere finds out when a log is put back. */
  heads: FileHead[];
}

/**
 * Reads a whole log, file by file, and checks every byte of it: each line's hash, its link to the line
 * before, and that each file is there, as far as any other names it. Relays may go on writing meanwhile.
 *
 * @param onRecord called with each record whose own hash is right, changed neighbours or not.
 * @param noted heads that somebody kept elsewhere.
 */
export async function verifyLog(
  folder: string,
  keys: AuditKeys,
  onRecord: (record: StoredRecord) => unknown = () => undefined,
  noted: readonly FileHead[] = [],
): Promise<Verified> {
  const found = await findFiles(folder, keys);
  const witnesses = witnessesOf(found, noted);
  let [from, to] = ['', ''];
  const see = (record: StoredRecord) => {
    if (from === '' || record.time < from) from = record.time;
    if (record.time > to) to = record.time;
    return onRecord(record);
  };
  const checked: CheckedFile[] = [];
  for (const { name } of found) {
    const file = await orNothing(checkFile(folder, name, keys, witnesses.get(name) ?? [], see));
    if (file !== undefined) checked.push(file);
  }
  // Found again behind the reading: meanwhile files may have come, and gone by retention.
  const later = await findFiles(folder, keys);
  const known = new Set([...later.map(({ name }) => name), ...removedBy(found), ...removedBy(later)]);
  const gone = [...witnesses].filter(([name]) => !known.has(name)).map(goneProblem);
  return {
    files: checked.length,
    records: checked.reduce((sum, { records }) => sum + records, 0),
    from,
    to,
    problems: [...gone, ...checked.flatMap(({ problems }) => problems)],
    notes: [...checked.flatMap(({ notes }) => notes), ...retentionNotes(found)],
    heads: unnamedHeads(checked),
  };
}

/** What is said of each file from outside of it. */
function witnessesOf(found: readonly FoundFile[], noted: readonly FileHead[]): Map<string, Witness[]> {
  const named = found.flatMap(({ name, opening }) =>
    (opening?.heads ?? []).map((head) => ({ ...head, by: name })),
  );
  const witnesses = new Map<string, Witness[]>();
  for (const witness of [...named, ...noted.map((head) => ({ ...head, by: 'what was noted' }))]) {
    witnesses.set(witness.file, [...(witnesses.get(witness.file) ?? []), witness]);
  }
  return witnesses;
}

function removedBy(files: readonly FoundFile[]): string[] {
  return files.flatMap(({ opening }) => opening?.removed ?? []);
}

function goneProblem([file, [witness]]: [string, Witness[]]): Problem {
  return { file, what: `The file is gone, and not by retention: ${witness?.by ?? ''} names it.` };
}

function retentionNotes(found: readonly FoundFile[]): string[] {
  const removed = [...new Set(removedBy(found))].sort();
  const due = new Set(newestOpenings(found).flatMap((opening) => opening.due.map(({ file }) => file)));
  const notes: string[] = [];
  if (removed.length > 0) {
    notes.push(`Retention removed ${removed.length} files, ${removed[0]} to ${removed.at(-1)}.`);
  }
  if (due.size > 0) {
    notes.push(`The time of ${due.size} files is over by a relay's clock: the next days' files remove them.`);
  }
  return notes;
}

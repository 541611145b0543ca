import { FileCheck } from './file-check.ts';
import type { Problem, Span, Witness } from './file-check.ts';
import { begunAt, findFiles, unnamedHeads } from './folder.ts';
import type { FoundFile } from './folder.ts';
import type { AuditKeys } from './keys.ts';
import { mergeByTime } from './merge.ts';
import type { FileHead, StoredRecord } from './record.ts';
import { newestOpenings } from './retention.ts';

/** A log's folder, and the heads that somebody kept of it elsewhere. */
export interface AskedLog {
  readonly folder: string;
  readonly noted: readonly FileHead[];
}

export interface Verified extends Span {
  folder: string;
  files: number;
  records: number;
  /** What people call the relays that wrote it. */
  relays: string[];
  problems: Problem[];
  /** What happened by itself: relays that were killed, times without writing, what retention did. */
  notes: string[];
  /** The ends of files that no other names: whoever keeps these elsewhere finds out when a log is put back. */
  heads: FileHead[];
}

/**
 * Reads whole logs and checks every byte of them, each folder by itself: each line's hash, its link to the
 * line before, and that each file is there, as far as any other names it. Relays may go on writing meanwhile.
 *
 * @param onRecord called with each record whose own hash is right, changed neighbours or not: with those of
 * all the logs by their time, as `mergeByTime` says.
 * @returns one of each log, in their order.
 */
export async function verifyLogs(
  logs: readonly AskedLog[],
  keys: AuditKeys,
  onRecord: (record: StoredRecord) => unknown = () => undefined,
): Promise<Verified[]> {
  const checks = await Promise.all(logs.map((log) => beginCheck(log, keys)));
  const sources = checks.flatMap((check) => check.sources);
  await mergeByTime(sources, onRecord);
  return Promise.all(checks.map((check) => check.end()));
}

/** @returns what to read of one log, and, once that is read, what is to be said of it. */
async function beginCheck({ folder, noted }: AskedLog, keys: AuditKeys) {
  const found = await findFiles(folder, keys);
  const witnesses = witnessesOf(found, noted);
  const files = found.map((file) => {
    const check = new FileCheck(file.name, keys, witnesses.get(file.name) ?? []);
    return { check, name: file.name, begunAt: begunAt(file), read: () => unlessGone(check.read(folder)) };
  });
  return {
    sources: files,
    async end(): Promise<Verified> {
      const checked = files.map(({ check }) => check).filter(({ isRead }) => isRead);
      // Found again behind the reading: meanwhile files may have come, and gone by retention.
      const later = await findFiles(folder, keys);
      const known = new Set([...later.map(({ name }) => name), ...removedBy(found), ...removedBy(later)]);
      const gone = [...witnesses].filter(([name]) => !known.has(name)).map(goneProblem);
      return {
        folder,
        files: checked.length,
        records: checked.reduce((sum, { records }) => sum + records, 0),
        ...spanOf(checked),
        relays: relaysOf(checked),
        problems: [...gone, ...checked.flatMap(({ problems }) => problems)],
        notes: [...checked.flatMap(({ notes }) => notes), ...retentionNotes(found)],
        heads: unnamedHeads(checked),
      };
    },
  };
}

/** Nothing for a file that another relay's retention removed before it was opened. */
async function* unlessGone<T>(batches: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  try {
    yield* batches;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** What people call the relays that wrote these files, each once. */
function relaysOf(files: readonly FoundFile[]): string[] {
  const names = files.map(({ opening }) => opening?.relay_name ?? '').filter((name) => name !== '');
  return [...new Set(names)].sort();
}

/** From when to when; empty where there is no record. */
export function spanOf(parts: readonly Span[]): Span {
  const times = parts.flatMap(({ from, to }) => (from === '' ? [] : [from, to])).sort();
  return { from: times[0] ?? '', to: times.at(-1) ?? '' };
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

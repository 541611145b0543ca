import { NO_RECORDS, readLine } from './chain.ts';
import { whatIsWrong } from './broken-line.ts';
import { rotatedFiles } from './files.ts';
import type { AuditKeys } from './keys.ts';
import { readLines } from './lines.ts';
import type { Line } from './lines.ts';
import type { StoredRecord } from './record.ts';
import { readSeal, sealFileOf } from './seal.ts';
import type { SealState } from './seal.ts';

/** Something that is not as the relay wrote it. */
export interface Problem {
  file: string;
  /** From 1; absent when it concerns no line. */
  line?: number;
  what: string;
}

export interface Walked {
  files: number;
  records: number;
  /** The oldest and the newest record. */
  first: StoredRecord | undefined;
  last: StoredRecord | undefined;
  problems: Problem[];
  /** What happened to the trail by itself: ends that were cut after a crash, times without writing. */
  notes: string[];
}

/**
 * Reads a whole trail, oldest record first, and checks every byte of it: each line's hash, its link
 * to the line before, the start that retention left and the seal at the end.
 *
 * @param onRecord called with each record whose own hash is right, changed neighbours or not.
 */
export async function walkTrail(
  trailFile: string,
  keys: AuditKeys,
  onRecord: (record: StoredRecord) => void = () => undefined,
): Promise<Walked> {
  // Before the files: what a running relay writes meanwhile is only ever behind the seal.
  const seal = await readSeal(trailFile, keys);
  const rotated = await rotatedFiles(trailFile);
  const walk = new Walk(keys, seal);
  for (const { path, first } of rotated) await walk.file(path, onRecord, first);
  await walk.file(trailFile, onRecord);
  return walk.finish(trailFile);
}

class Walk {
  readonly #keys: AuditKeys;
  readonly #seal: SealState;
  readonly #problems: Problem[] = [];
  readonly #notes: string[] = [];
  #last: StoredRecord | undefined;
  /** Lines that cannot be read since the last one that can: what follows them cannot be linked. */
  #unreadable = 0;
  #first: StoredRecord | undefined;
  #firstFile = '';
  #files = 0;
  #records = 0;
  /** What the rotations say that retention removed. */
  readonly #removed = new Map<number, string>();

  constructor(keys: AuditKeys, seal: SealState) {
    this.#keys = keys;
    this.#seal = seal;
  }

  async file(path: string, onRecord: (record: StoredRecord) => void, named?: number): Promise<void> {
    let isFirst = true;
    try {
      for await (const lines of readLines(path)) {
        for (const line of lines) {
          const record = this.#line(path, line);
          if (record === undefined) continue;
          if (isFirst && named !== undefined && record.seq !== named) {
            this.#problem(
              path,
              line,
              `The file is named after record ${named} and begins with ${record.seq}.`,
            );
          }
          isFirst = false;
          onRecord(record);
        }
      }
      this.#files += 1;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }

  finish(trailFile: string): Walked {
    this.#checkStart();
    this.#checkEnd(trailFile);
    return {
      files: this.#files,
      records: this.#records,
      first: this.#first,
      last: this.#last,
      problems: this.#problems,
      notes: this.#notes,
    };
  }

  #line(path: string, line: Line): StoredRecord | undefined {
    const record = readLine(line.bytes, this.#keys);
    if (record === undefined || !line.ended) {
      this.#problem(path, line, whatIsWrong(line, record, this.#keys));
      this.#unreadable += 1;
      return undefined;
    }
    this.#place(path, line, record);
    this.#first ??= record;
    this.#firstFile ||= path;
    this.#records += 1;
    this.#note(path, line, record);
    return record;
  }

  #place(path: string, line: Line, record: StoredRecord): void {
    const { seq, prev, hash } = record;
    const last = this.#last ?? NO_RECORDS;
    const expected = last.seq + 1;
    if (seq < expected) {
      this.#problem(path, line, `Record ${seq} stands here out of its place, or twice.`);
      return;
    }
    // The first record of all is judged at the end, when it is known what retention removed.
    if (this.#first !== undefined) {
      if (seq > expected + this.#unreadable) {
        this.#problem(path, line, `${range(expected, seq - 1)} missing before it.`);
      } else if (seq === expected && prev !== last.hash) {
        this.#problem(path, line, `Record ${seq} does not follow the record before it.`);
      }
    }
    if (this.#seal.found === 'valid' && this.#seal.head.seq === seq && this.#seal.head.hash !== hash) {
      this.#problem(path, line, `Record ${seq} is not the one that was sealed.`);
    }
    this.#last = record;
    this.#unreadable = 0;
  }

  #note(path: string, line: Line, record: StoredRecord): void {
    if (record.event === 'open') {
      if (record.aside !== undefined) {
        this.#problem(
          path,
          line,
          `At ${record.time} no key opened the trail that was here, and the relay put it into ${record.aside}: verify it there, with its own key.`,
        );
      } else if (record.seal === 'missing') {
        this.#problem(
          path,
          line,
          `At ${record.time} the relay found no seal: the newest records before may have been removed.`,
        );
      }
      if (record.cut !== undefined) {
        this.#notes.push(`${record.time}: ${record.cut} bytes of an unfinished write were cut off.`);
      }
    }
    if (record.event === 'resume') {
      this.#notes.push(
        `${record.time}: writing works again after ${record.since}; ${record.refused} records were refused.`,
      );
    }
    if (record.event === 'rotate' && record.through !== undefined) {
      this.#removed.set(record.through, record.anchor ?? '');
    }
  }

  #checkStart(): void {
    const first = this.#first;
    if (first === undefined) return;
    const before = first.seq - 1;
    if (before === 0 ? first.prev === '' : this.#removed.get(before) === first.prev) return;
    // Removed by retention, and the file is still (or partly) there.
    if (before > 0 && Math.max(...this.#removed.keys(), 0) > before) return;
    this.#problems.push({
      file: this.#firstFile,
      what: `${range(1, before)} missing, and not by retention.`,
    });
  }

  #checkEnd(trailFile: string): void {
    const { found } = this.#seal;
    const file = sealFileOf(trailFile);
    if (found !== 'valid') {
      const isNew = found === 'missing' && this.#records === 0 && this.#problems.length === 0;
      if (isNew) return;
      const what =
        found === 'missing'
          ? 'The seal is missing: the newest records may have been removed.'
          : 'The seal was changed, or made with a key that AUDIT_KEY does not hold.';
      this.#problems.push({ file, what });
      return;
    }
    const { seq } = this.#seal.head;
    const last = this.#last?.seq ?? 0;
    if (seq > last) {
      this.#problems.push({ file: trailFile, what: `${range(last + 1, seq)} missing at the end.` });
    }
  }

  #problem(file: string, line: Line, what: string): void {
    this.#problems.push({ file, line: line.number, what });
  }
}

function range(from: number, to: number): string {
  return from === to ? `Record ${from} is` : `Records ${from} to ${to} are`;
}

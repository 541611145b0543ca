import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { NO_RECORDS, parseLine, readLine } from './chain.ts';
import type { FoundFile } from './folder.ts';
import type { AuditKeys } from './keys.ts';
import type { FileHead, Head, StoredRecord } from './record.ts';

/** Something that is not as a relay wrote it. */
export interface Problem {
  file: string;
  /** From 1; absent when it concerns no line. */
  line?: number;
  what: string;
}

/** A record that a file has, or had, and who says so. */
export interface Witness extends Head {
  readonly by: string;
}

/** Checks every byte of one file. */
export async function checkFile(folder: string, name: string, keys: AuditKeys): Promise<CheckedFile> {
  const check = new FileCheck(name, keys, []);
  const batches = check.read(folder);
  while ((await batches.next()).done !== true);
  return check;
}

/** When the oldest and the newest record were written, ISO 8601, UTC; empty when there is none. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

export interface CheckedFile extends FoundFile, Span {
  readonly records: number;
  readonly problems: readonly Problem[];
  /** What happened to it by itself. */
  readonly notes: readonly string[];
}

/** The check of one file, which is done once `read` has come to the end. */
export class FileCheck implements CheckedFile {
  readonly name: string;
  readonly problems: Problem[] = [];
  readonly notes: string[] = [];
  opening: FoundFile['opening'];
  head: FileHead | undefined;
  records = 0;
  from = '';
  to = '';
  /** Whether all of it was read. */
  isRead = false;
  readonly #keys: AuditKeys;
  readonly #witnesses: readonly Witness[];
  /** Undefined behind a line that cannot be read: what follows it cannot be linked. */
  #last: Head | undefined = NO_RECORDS;
  #hasEndMark = false;
  #unfinished = 0;

  constructor(name: string, keys: AuditKeys, witnesses: readonly Witness[]) {
    this.name = name;
    this.#keys = keys;
    this.#witnesses = witnesses;
  }

  /** The records whose own hash is right, changed neighbours or not, in batches. To be called once. */
  async *read(folder: string): AsyncGenerator<readonly StoredRecord[], void> {
    for await (const lines of readLines(join(folder, this.name))) {
      yield lines.flatMap((line) => this.#line(line) ?? []);
    }
    this.#end();
  }

  #line(line: Line): StoredRecord | undefined {
    if (!line.ended && !this.#hasEndMark) {
      this.#unfinished = line.bytes.length;
      return undefined;
    }
    const record = line.ended ? readLine(line.bytes, this.#keys) : undefined;
    if (record === undefined) this.#problem(this.#whatIsWrong(line), line);
    else this.#check(record, line);
    this.#last = record;
    return record;
  }

  #end(): void {
    this.isRead = true;
    const { seq = 0 } = this.head ?? {};
    const later = this.#witnesses.find((witness) => witness.seq > seq);
    if (later !== undefined && this.#last !== undefined) {
      this.#problem(
        `Records from ${seq + 1} on are missing at the end: ${later.by} names record ${later.seq}.`,
      );
    }
    if (this.#hasEndMark) return;
    const half = `, and ends with ${this.#unfinished} bytes of a write that nobody was told was done`;
    const relay = this.opening?.relay_name ?? '';
    const whose = relay === '' ? 'its relay' : `its relay (${relay})`;
    this.notes.push(
      `${this.name} has no end mark${this.#unfinished === 0 ? '' : half}: ${whose} runs, was killed, or its end was cut off.`,
    );
  }

  #check(record: StoredRecord, line: Line): void {
    const { seq, prev, hash } = record;
    const last = this.#last ?? { seq: seq - 1, hash: prev };
    if (seq > last.seq + 1)
      this.#problem(`Records ${last.seq + 1} to ${seq - 1} are missing before it.`, line);
    else if (seq <= last.seq) this.#problem(`Record ${seq} stands here out of its place, or twice.`, line);
    else if (prev !== last.hash) this.#problem(`Record ${seq} does not follow the record before it.`, line);
    const other = this.#witnesses.find((witness) => witness.seq === seq && witness.hash !== hash);
    if (other !== undefined) this.#problem(`Record ${seq} is not the one that ${other.by} names.`, line);
    if (record.event === 'open' && record.file !== this.name) {
      this.#problem(`It is ${record.file} under another name.`, line);
    }
    this.records += 1;
    if (this.from === '' || record.time < this.from) this.from = record.time;
    if (record.time > this.to) this.to = record.time;
    this.head = { file: this.name, seq, hash };
    this.#hasEndMark = record.event === 'close';
    if (record.event === 'open') this.opening = record;
    if (record.event === 'resume') {
      const { time, since, refused } = record;
      this.notes.push(`${time}: writing works again after ${since}; ${refused} records were refused.`);
    }
  }

  #whatIsWrong(line: Line): string {
    const key: unknown = parseLine(line.bytes)?.key;
    if (typeof key === 'string' && !this.#keys.some(({ id }) => id === key)) {
      return `It names the key ${JSON.stringify(key)}, which AUDIT_KEY does not hold: add that key behind the newer ones. Otherwise it was changed.`;
    }
    return 'It was changed or added: its hash does not fit.';
  }

  #problem(what: string, line?: Line): void {
    this.problems.push({ file: this.name, ...(line === undefined ? {} : { line: line.number }), what });
  }
}

interface Line {
  /** Without its line break. */
  readonly bytes: Buffer;
  /** From 1. */
  readonly number: number;
  /** False for bytes at the file's end that no line break follows. */
  readonly ended: boolean;
}

const LINE_BREAK = 0x0a;
const CHUNK_BYTES = 1 << 18;

/** A file's lines in batches, so that a large file neither fills the memory nor waits for each line. */
async function* readLines(path: string): AsyncGenerator<Line[]> {
  let rest: Buffer[] = [];
  let number = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    const lines: Line[] = [];
    let start = 0;
    for (let at = chunk.indexOf(LINE_BREAK); at !== -1; at = chunk.indexOf(LINE_BREAK, start)) {
      lines.push({
        bytes: Buffer.concat([...rest, chunk.subarray(start, at)]),
        number: ++number,
        ended: true,
      });
      rest = [];
      start = at + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
    yield lines;
  }
  if (rest.length > 0) yield [{ bytes: Buffer.concat(rest), number: number + 1, ended: false }];
}

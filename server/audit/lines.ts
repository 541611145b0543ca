import { createReadStream } from 'node:fs';

export interface Line {
  /** Without its line break. */
  readonly bytes: Buffer;
  /** From 1. */
  readonly number: number;
  /** Where the next line begins, in bytes from the file's start. */
  readonly end: number;
  /** False for bytes at the file's end that no line break follows. */
  readonly ended: boolean;
}

const LINE_BREAK = 0x0a;
const CHUNK_BYTES = 1 << 20;

/** A file's lines in batches, so that a large file neither fills the memory nor waits for each line. */
export async function* readLines(path: string): AsyncGenerator<Line[]> {
  let rest: Buffer[] = [];
  let number = 0;
  let end = 0;
  const take = (bytes: Buffer, ended: boolean): Line => {
    number += 1;
    end += bytes.length + (ended ? 1 : 0);
    return { bytes, number, end, ended };
  };
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    const lines: Line[] = [];
    let start = 0;
    for (let at = chunk.indexOf(LINE_BREAK); at !== -1; at = chunk.indexOf(LINE_BREAK, start)) {
      lines.push(take(Buffer.concat([...rest, chunk.subarray(start, at)]), true));
      rest = [];
      start = at + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
    yield lines;
  }
  if (rest.length > 0) yield [take(Buffer.concat(rest), false)];
}

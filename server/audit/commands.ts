import { readFile } from 'node:fs/promises';
import { cleanKeyword } from '#contract/keyword.ts';
import type { AuditKeys } from './keys.ts';
import { LooksAtMember, LooksByViewer, namesOf } from './lookups.ts';
import type { FoundLookup } from './lookups.ts';
import { NotedRecord } from './noted-record.ts';
import { byText, statsText, verifyText, whoText } from './report.ts';
import { walkSettled } from './settled.ts';
import type { Reader } from './settled.ts';
import { Stats } from './stats.ts';
import type { Problem } from './walk.ts';

/** What a command is asked with. */
export interface Question {
  file: string;
  keys: AuditKeys;
  /** The card number or viewer; empty where a command takes none. */
  subject: string;
  /** `N:HASH` that `verify` printed at another time. */
  expect: string | undefined;
  /** A file of viewer ids, one a line. */
  viewers: string | undefined;
}

export interface Answer {
  /** For people. */
  text: string;
  /** For programs. */
  data: unknown;
  /** What is not as the relay wrote it. */
  problems: readonly Problem[];
}

export async function verify({ file, keys, expect }: Question): Promise<Answer> {
  const nothingMore = { see: () => undefined, problems: () => [] };
  const { walked, reader } = await read(file, keys, () =>
    expect === undefined ? nothingMore : new NotedRecord(expect),
  );
  const data = { ...walked, problems: [...walked.problems, ...reader.problems(file)] };
  return { text: verifyText(file, data), data, problems: data.problems };
}

export async function who({ file, keys, subject, viewers }: Question): Promise<Answer> {
  const { walked, reader } = await read(file, keys, () => new LooksAtMember(keys, cleanKeyword(subject)));
  const data = withNames(reader.found, namesOf(keys, await linesIn(viewers)));
  return { text: whoText(walked, data), data, problems: walked.problems };
}

export async function by({ file, keys, subject }: Question): Promise<Answer> {
  const viewer = subject.trim();
  const { walked, reader } = await read(file, keys, () => new LooksByViewer(keys, viewer));
  const data = withNames(reader.found, namesOf(keys, [viewer]));
  return { text: byText(walked, data), data, problems: walked.problems };
}

export async function stats({ file, keys, viewers }: Question): Promise<Answer> {
  const { walked, reader } = await read(file, keys, () => new Stats());
  const names = namesOf(keys, await linesIn(viewers));
  const busiest = withNames(reader.result.busiest, names);
  const data = { ...reader.result, busiest };
  return { text: statsText(walked, data), data, problems: walked.problems };
}

async function read<R extends Reader>(file: string, keys: AuditKeys, start: () => R) {
  const answer = await walkSettled(file, keys, start);
  const { files, problems } = answer.walked;
  if (files === 0 && problems.length === 0) throw new Error(`There is no trail at ${file}: set AUDIT_FILE.`);
  return answer;
}

function withNames<T extends Partial<Pick<FoundLookup, 'viewer'>>>(
  found: readonly T[],
  names: ReadonlyMap<string, string>,
): T[] {
  return found.map((one) => {
    const name = one.viewer === undefined ? undefined : names.get(one.viewer);
    return name === undefined ? one : { ...one, viewer: name };
  });
}

async function linesIn(path: string | undefined): Promise<string[]> {
  if (path === undefined) return [];
  const lines = (await readFile(path, 'utf8')).split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '');
}

import { join } from 'node:path';
import { clockOf } from './period.ts';
import type { Counts, FoundLookup } from './questions.ts';
import { spanOf } from './verify.ts';
import type { Verified } from './verify.ts';

/** The answers in words. */

const SHOWN_PROBLEMS = 20;

/** Of each log what holds. */
export function verifyText(logs: readonly Verified[]): string {
  return logs.map((log) => logText(log, logs.length > 1)).join('\n');
}

function logText(verified: Verified, isOneOfSeveral: boolean): string {
  const { folder, relays, problems, notes, heads } = verified;
  const lines = problems.map(
    ({ file, line, what }) => `${file}${line === undefined ? '' : `, line ${line}`}: ${what}`,
  );
  const more = lines.length > SHOWN_PROBLEMS ? [`and ${lines.length - SHOWN_PROBLEMS} more.`] : [];
  // Of several folders, it has to be told which one lacks a file.
  const place = (file: string) => (isOneOfSeveral ? join(folder, file) : file);
  const expect = heads.map(({ file, seq, hash }) => `--expect ${place(file)}:${seq}:${hash}`);
  return [
    problems.length === 0
      ? `The audit log ${folder} is whole: every byte is as a relay wrote it.\n`
      : `The audit log ${folder} is NOT as the relays wrote it:\n${indented([...lines.slice(0, SHOWN_PROBLEMS), ...more])}`,
    extent([verified]),
    relays.length === 0 ? '' : `Written by ${relays.join(', ')}.\n`,
    notes.length === 0 ? '' : `\nWhat it tells of itself:\n${indented(notes)}`,
    problems.length > 0
      ? ''
      : `\nKeep this on another machine. With it, the next run also finds a log that was put back:\n${indented(expect)}`,
  ].join('');
}

/** What was asked about: "this member". */
type About = 'this member' | 'this viewer' | 'what came to nothing';

/** @param asked the time zone of the answer, and the period in words; empty for all of the log. */
export function lookupsText(
  logs: readonly Verified[],
  found: readonly FoundLookup[],
  about: About,
  { timeZone, period }: Asked,
): string {
  if (found.length === 0) return `Nothing is recorded of ${about}${period}.\n${extent(logs)}`;
  return `${lookupTable(found, timeZone)}
${plural(found.length, 'record')} of ${about}${period}.
${extent(logs)}`;
}

/** How an operator asked. */
export interface Asked {
  readonly timeZone: string;
  /** " from 2025-03-01 to 2025-03-02 (Asia/Shanghai)"; empty: everything. */
  readonly period: string;
}

export function statsText(
  logs: readonly Verified[],
  { events, viewers, members, busiest, relays }: Counts,
  { period }: Asked,
): string {
  const sums = ['records', 'refused', 'people'] as const;
  return [
    extent(logs),
    `${plural(viewers, 'viewer')}, ${plural(members, 'member')}${period}\n\n`,
    table(events, ['event', ...sums]),
    busiest.length === 0 ? '' : `\nThe busiest viewers:\n${table(busiest, ['viewer', ...sums])}`,
    relays.length < 2 ? '' : `\nThe relays:\n${table(relays, ['relay', ...sums])}`,
  ].join('');
}

/** @param how the command line that tells more. */
export function warningText({ folder, problems }: Verified, how: string): string {
  return `The audit log ${folder} is not as the relays wrote it (${plural(problems.length, 'problem')}), so this answer may lack something: ${how}\n`;
}

/**
 * Text whose every character a terminal shows and none obeys: a viewer's reason may hold anything. JSON
 * stays the same JSON.
 */
export function printable(text: string): string {
  return text.replace(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

function extent(logs: readonly Verified[]): string {
  const sum = (what: 'records' | 'files') => logs.reduce((all, log) => all + log[what], 0);
  if (sum('records') === 0) return 'It holds no record.\n';
  const { from, to } = spanOf(logs);
  const folders = logs.length === 1 ? '' : ` of ${plural(logs.length, 'folder')}`;
  return `${plural(sum('records'), 'record')} in ${plural(sum('files'), 'file')}${folders}, ${second(from)} to ${second(to)} (UTC).\n`;
}

function lookupTable(found: readonly FoundLookup[], timeZone: string): string {
  const clock = clockOf(timeZone);
  const time = `time (${timeZone})`;
  const rows = found.map((one) => ({
    ...one,
    [time]: clock(one.time),
    people: one.count,
    relay: one.relay_name === undefined ? one.relay : `${one.relay} (${one.relay_name})`,
    fields: [
      one.fields?.join(', ') ?? '',
      one.reason === undefined ? '' : `reason: ${JSON.stringify(one.reason)}`,
      one.repeated === undefined ? '' : `${one.repeated} more`,
    ]
      .filter((part) => part !== '')
      .join('; '),
  }));
  const columns = ['event', 'outcome', 'how', 'people', 'viewer', 'kind', 'profile'] as const;
  return table<Record<string, unknown>>(rows, [time, ...columns, 'device', 'relay', 'request', 'fields']);
}

/** Rows under the names of their columns, each as wide as its widest cell. */
function table<Row extends object>(rows: readonly Row[], columns: readonly (keyof Row & string)[]): string {
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '-')))];
  const widths = columns.map((_, index) =>
    cells.reduce((widest, line) => Math.max(widest, line[index]?.length ?? 0), 0),
  );
  const lines = cells.map((line) =>
    line
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}\n`).join('');
}

/** "2019-12-31 12:00:00" */
function second(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

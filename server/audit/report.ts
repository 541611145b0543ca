import type { FoundLookup } from './lookups.ts';
import type { StoredRecord } from './record.ts';
import type { Counts } from './stats.ts';
import { table } from './table.ts';
import type { Problem, Walked } from './walk.ts';

/** The answers in words. */

const SHOWN_PROBLEMS = 20;

export function verifyText(file: string, walked: Walked): string {
  const { problems, notes, last } = walked;
  const verdict =
    problems.length === 0
      ? `The trail ${file} is whole: every byte is as the relay wrote it.\n`
      : `The trail ${file} is NOT as the relay wrote it:\n${problemLines(problems)}`;
  const noted = notes.length === 0 ? '' : `\nWhat it tells of itself:\n${indented(notes)}`;
  const anchor =
    last === undefined || problems.length > 0
      ? ''
      : `\nKeep this line on another machine. With it, the next run also finds a trail that was put back:\n  --expect ${last.seq}:${last.hash}\n`;
  return `${verdict}${extent(walked)}${noted}${anchor}`;
}

export function whoText(walked: Walked, found: readonly FoundLookup[]): string {
  if (found.length === 0) return `Nobody looked at this member.\n${extent(walked)}`;
  const headings = [
    'time (UTC)',
    'event',
    'outcome',
    'how',
    'viewer',
    'kind',
    'profile',
    'request',
    'fields',
  ];
  const rows = found.map((one) => [
    time(one.time),
    one.event,
    one.outcome,
    one.how ?? '',
    one.viewer ?? '-',
    one.kind ?? '-',
    one.profile ?? '-',
    one.request,
    details(one),
  ]);
  return `${table(headings, rows)}\n${plural(found.length, 'record')} of this member.\n${extent(walked)}`;
}

export function byText(walked: Walked, found: readonly FoundLookup[]): string {
  if (found.length === 0) return `Nothing is recorded of this viewer.\n${extent(walked)}`;
  const headings = ['time (UTC)', 'event', 'outcome', 'people', 'profile', 'device', 'request', 'fields'];
  const rows = found.map((one) => [
    time(one.time),
    one.event,
    one.outcome,
    String(one.count ?? '-'),
    one.profile ?? '-',
    one.device ?? '-',
    one.request,
    details(one),
  ]);
  return `${table(headings, rows)}\n${plural(found.length, 'record')} of this viewer.\n${extent(walked)}`;
}

export function statsText(walked: Walked, counts: Counts): string {
  const events = counts.events.map((one) => [
    one.event,
    String(one.records),
    String(one.refused),
    String(one.people),
  ]);
  const busiest = counts.busiest.map((one) => [one.viewer, String(one.records), String(one.people)]);
  return [
    extent(walked),
    `${plural(counts.viewers, 'viewer')}, ${plural(counts.members, 'member')}\n`,
    `\n${table(['event', 'records', 'refused', 'people shown'], events)}`,
    busiest.length === 0 ? '' : `\n${table(['busiest viewers', 'records', 'people shown'], busiest)}`,
  ].join('');
}

export function warningText(problems: readonly Problem[]): string {
  return `The trail is not as the relay wrote it (${plural(problems.length, 'problem')}), so this answer may lack something: npm run audit -- verify\n`;
}

function extent({ records, files, first, last }: Walked): string {
  if (first === undefined || last === undefined) return 'It holds no record.\n';
  return `${plural(records, 'record')} in ${plural(files, 'file')}: ${place(first)} to ${place(last)}.\n`;
}

function place({ seq, time: at }: StoredRecord): string {
  return `${seq} (${time(at)} UTC)`;
}

function problemLines(problems: readonly Problem[]): string {
  const lines = problems
    .slice(0, SHOWN_PROBLEMS)
    .map(({ file, line, what }) => `${file}${line === undefined ? '' : `, line ${line}`}: ${what}`);
  if (problems.length > SHOWN_PROBLEMS) lines.push(`and ${problems.length - SHOWN_PROBLEMS} more.`);
  return indented(lines);
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}\n`).join('');
}

function details({ fields, reason, repeated }: FoundLookup): string {
  return [
    fields?.join(', '),
    reason === undefined ? undefined : `reason: ${JSON.stringify(reason)}`,
    repeated === undefined ? undefined : `${repeated} more`,
  ]
    .filter((part) => part !== undefined)
    .join('; ');
}

/** "2019-12-31 12:00:00" */
function time(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

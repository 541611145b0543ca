import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { cleanKeyword } from '#contract/keyword.ts';
import { DEFAULT_AUDIT_DIR } from '#server/config/files.ts';
import { findLogs } from './asked-logs.ts';
import { EXPORT_FORMATS, exportLine, isExported, isExportFormat, isUneventful } from './export.ts';
import type { ExportFormat } from './export.ts';
import type { AuditKeys } from './keys.ts';
import { CAMPUS_TIME_ZONE, checkTimeZone, periodText, readPeriod, within } from './period.ts';
import { counts, looksAtMember, looksByViewer, refusals, viewerNames } from './questions.ts';
import type { Names, Question } from './questions.ts';
import type { StoredRecord } from './record.ts';
import { lookupsText, printable, statsText, verifyText, warningText } from './report.ts';
import type { Asked } from './report.ts';
import { openSyslog } from './syslog.ts';
import { verifyLogs } from './verify.ts';
import type { Verified } from './verify.ts';

const USAGE = `npm run audit-log -- <command>

  verify               checks every byte of the audit log
    --expect <head>    and that it goes on from what an earlier run printed; as often as it printed one
  who <card number>    who looked at a member
  by <viewer>          what a viewer did
  refusals             what was refused, or came to nothing
  stats                counts
  export               every record, one a line, for other systems
    --format <format>  ${EXPORT_FORMATS.join(' or ')}
    --syslog <address> to a collector, not to the standard output: udp://host:514, tcp://host:601, tls://host:6514

  --dir <folder>       these folders, as often as there are, merged by time: not AUDIT_DIR
  --from, --to <day>   only these days, or times: 2025-03-01, or 2025-03-01T08:30
  --time-zone <zone>   whose clock that is, and the answer's (${CAMPUS_TIME_ZONE}; UTC where no day is asked for)
  --names <file>       viewer ids, one a line, to be shown in place of their hashes; a name may follow behind a tab
  --json               the answer for programs
  "-" in place of a card number or a viewer reads it from the standard input: no shell history keeps it.

AUDIT_DIR (default ${DEFAULT_AUDIT_DIR}) and AUDIT_KEY are the relay's.
`;

/** What the command line needs of the world. */
export interface Terminal {
  env: Readonly<Record<string, string | undefined>>;
  /** Waited for where more follows. */
  out: (text: string) => unknown;
  err: (text: string) => void;
  readInput: () => Promise<string>;
}

interface Inputs {
  keys: AuditKeys;
  /** The card number or viewer; empty where a command takes none. */
  subject: string;
  names: Names;
  asked: Asked;
  exportTo: { format: ExportFormat; syslog: string | undefined; out: Terminal['out'] };
}

/** Sees every record; then has its data for programs, and its text for people. */
interface Command {
  see: (record: StoredRecord) => void | Promise<void>;
  /** Behind the last record. */
  end?: () => Promise<void>;
  data: (verified: readonly Verified[]) => unknown;
  text: (verified: readonly Verified[]) => string;
}

const TAKES_SUBJECT: readonly string[] = ['who', 'by'];
const COMMANDS: Readonly<Record<string, (inputs: Inputs) => Command | Promise<Command>>> = {
  verify: () => ({
    see: () => undefined,
    data: (verified) => (verified.length === 1 ? verified[0] : verified),
    text: verifyText,
  }),
  who: ({ keys, subject, names, asked }) =>
    ask(looksAtMember(keys, cleanKeyword(subject), names), (verified, found) =>
      lookupsText(verified, found, 'this member', asked),
    ),
  by: ({ keys, subject, names, asked }) =>
    ask(looksByViewer(keys, subject.trim(), names), (verified, found) =>
      lookupsText(verified, found, 'this viewer', asked),
    ),
  refusals: ({ keys, names, asked }) =>
    ask(refusals(keys, names), (verified, found) =>
      lookupsText(verified, found, 'what came to nothing', asked),
    ),
  stats: ({ names, asked }) => ask(counts(names), (verified, sums) => statsText(verified, sums, asked)),
  export: exportRecords,
};

function ask<T>(
  { see, answer }: Question<T>,
  text: (verified: readonly Verified[], answer: T) => string,
): Command {
  return { see, data: answer, text: (verified) => text(verified, answer()) };
}

async function exportRecords({
  names,
  exportTo: { format, syslog: address, out },
}: Inputs): Promise<Command> {
  const syslog = address === undefined ? undefined : await openSyslog(address);
  let count = 0;
  return {
    async see(record) {
      if (!isExported(record)) return;
      count += 1;
      const text = exportLine(record, format, names);
      const severity = isUneventful(record) ? 'info' : 'warning';
      if (syslog === undefined) await out(`${text}\n`);
      else await syslog.send({ time: record.time, severity, id: record.event, text });
    },
    end: async () => syslog?.close(),
    data: () => ({ records: count }),
    text: () => (syslog === undefined ? '' : `${count} records were sent to ${address}.\n`),
  };
}

/**
 * Answers one command line.
 *
 * @returns the exit code: 0; 1 when the log is not as the relays wrote it; 2 when there is no answer.
 */
export async function runAuditLog(args: string[], terminal: Terminal): Promise<number> {
  try {
    return await run(args, terminal);
  } catch (error) {
    terminal.err(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

async function run(args: string[], { env, out, err, readInput }: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      dir: { type: 'string', multiple: true },
      expect: { type: 'string', multiple: true },
      names: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      'time-zone': { type: 'string' },
      format: { type: 'string' },
      syslog: { type: 'string' },
    },
  });
  const [name = '', typed, ...rest] = positionals;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (values.help === true || command === undefined) {
    if (values.help === true) await out(USAGE);
    else err(USAGE);
    return values.help === true ? 0 : 2;
  }
  const takesSubject = TAKES_SUBJECT.includes(name);
  if (rest.length > 0 || takesSubject !== (typed !== undefined)) {
    throw new Error(`${name} takes ${takesSubject ? 'one' : 'no'} argument.\n\n${USAGE}`);
  }
  const { dir: dirs = [], expect = [], from, to, format = 'ndjson', syslog, json = false } = values;
  const hasPeriod = from !== undefined || to !== undefined;
  if (hasPeriod && name === 'verify')
    throw new Error('verify reads the whole log: leave --from and --to away');
  if (name === 'export' ? json : values.format !== undefined || syslog !== undefined) {
    throw new Error('--format and --syslog are for export, and --json is for everything else');
  }
  if (!isExportFormat(format)) throw new Error(`--format takes ${EXPORT_FORMATS.join(' or ')}`);
  const timeZone = checkTimeZone(values['time-zone'] ?? (hasPeriod ? CAMPUS_TIME_ZONE : 'UTC'));
  const period = readPeriod(from, to, timeZone);

  const { logs, keys } = await findLogs({ dirs, expect, merged: name !== 'verify' }, env);
  const subject = typed === '-' ? await readInput() : (typed ?? '');
  const known = values.names === undefined ? '' : await readFile(values.names, 'utf8');
  const relays = new Map<string, string>();
  const names = { viewers: viewerNames(keys, [subject, ...known.split('\n')]), relays };
  const asked = { timeZone, period: hasPeriod ? periodText(from, to, timeZone) : '' };
  const exportTo = { format, syslog, out };
  const { see, end, data, text } = await command({ keys, subject, names, asked, exportTo });
  const isMeant = ({ time }: StoredRecord) => within(period, Date.parse(time));
  const seen = (record: StoredRecord) => {
    const name = record.event === 'open' ? record.relay_name : undefined;
    if (name !== undefined && name !== '') relays.set(record.relay, name);
    return isMeant(record) ? see(record) : undefined;
  };
  const verified = await verifyLogs(logs, keys, seen).finally(end);
  await out(printable(json ? `${JSON.stringify(data(verified), undefined, 2)}\n` : text(verified)));
  const damaged = verified.filter(({ problems }) => problems.length > 0);
  for (const log of name === 'verify' ? [] : damaged)
    err(warningText(log, `npm run audit-log -- verify${dirs.length === 0 ? '' : ` --dir ${log.folder}`}`));
  return damaged.length > 0 ? 1 : 0;
}

import { parseArgs } from 'node:util';
import { by, stats, verify, who } from './commands.ts';
import { keyFileOf, parseAuditKeys, readKeyFile } from './keys.ts';
import type { AuditKeys } from './keys.ts';
import { warningText } from './report.ts';
import { DEFAULT_AUDIT_FILE } from './trail.ts';

const USAGE = `npm run audit -- <command>

  verify               checks every byte of the trail
    --expect N:HASH    and that record N is the one that an earlier run printed
  who <card number>    who looked at a member
    --viewers <file>   viewer ids, one a line, to be shown in place of their hashes
  by <viewer>          what a viewer did
  stats                counts

  --json               the answer for programs
  "-" in place of a card number or a viewer reads it from the standard input: no shell history keeps it.

AUDIT_FILE (default ${DEFAULT_AUDIT_FILE}) and AUDIT_KEY are the relay's.
`;

const COMMANDS = {
  verify: { answer: verify, takesSubject: false },
  who: { answer: who, takesSubject: true },
  by: { answer: by, takesSubject: true },
  stats: { answer: stats, takesSubject: false },
} as const;

/** What the command line needs of the world. */
export interface Terminal {
  env: Readonly<Record<string, string | undefined>>;
  out: (text: string) => void;
  err: (text: string) => void;
  readInput: () => Promise<string>;
}

/**
 * Answers one command line.
 *
 * @returns the exit code: 0; 1 when the trail is not as the relay wrote it; 2 when there is no answer.
 */
export async function runAudit(args: string[], terminal: Terminal): Promise<number> {
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
      expect: { type: 'string' },
      viewers: { type: 'string' },
    },
  });
  const [name = '', subject, ...rest] = positionals;
  const command = Object.entries(COMMANDS).find(([known]) => known === name)?.[1];
  if (values.help === true || command === undefined) {
    (values.help === true ? out : err)(USAGE);
    return values.help === true ? 0 : 2;
  }
  if (rest.length > 0 || command.takesSubject !== (subject !== undefined)) {
    throw new Error(`${name} takes ${command.takesSubject ? 'one' : 'no'} argument.\n\n${USAGE}`);
  }
  const file = env.AUDIT_FILE === undefined || env.AUDIT_FILE === '' ? DEFAULT_AUDIT_FILE : env.AUDIT_FILE;
  const { text, data, problems } = await command.answer({
    file,
    keys: await keysFor(file, env.AUDIT_KEY),
    subject: subject === '-' ? await readInput() : (subject ?? ''),
    expect: values.expect,
    viewers: values.viewers,
  });
  out(values.json === true ? `${JSON.stringify(data, undefined, 2)}\n` : text);
  if (problems.length === 0) return 0;
  if (name !== 'verify') err(warningText(problems));
  return 1;
}

async function keysFor(file: string, setting: string | undefined): Promise<AuditKeys> {
  if (setting !== undefined && setting !== '') return parseAuditKeys(setting);
  const made = await readKeyFile(file);
  if (made !== undefined) return made;
  throw new Error(`AUDIT_KEY is not set, and there is no ${keyFileOf(file)}: set it as the relay has it.`);
}

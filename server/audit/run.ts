import { parseArgs } from 'node:util';
import { createEnvironment } from '#server/config/environment.ts';
import type { Environment } from '#server/config/environment.ts';
import { readKeys } from '#server/config/keys.ts';
import { by, stats, verify, who } from './commands.ts';
import { readKeyFile } from './key-file.ts';
import { auditKeysOf } from './keys.ts';
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
  const settings = createEnvironment(env);
  const file = settings.text('AUDIT_FILE') ?? DEFAULT_AUDIT_FILE;
  const { text, data, problems } = await command.answer({
    file,
    keys: await keysFor(file, settings),
    subject: subject === '-' ? await readInput() : (subject ?? ''),
    expect: values.expect,
    viewers: values.viewers,
  });
  out(values.json === true ? `${JSON.stringify(data, undefined, 2)}\n` : text);
  if (problems.length === 0) return 0;
  if (name !== 'verify') err(warningText(problems));
  return 1;
}

async function keysFor(file: string, settings: Environment): Promise<AuditKeys> {
  const made = settings.text('AUDIT_KEY') === undefined ? await readKeyFile(file) : undefined;
  const secrets = made === undefined ? readKeys(settings, 'AUDIT_KEY', 'refuse') : [made];
  const lines = settings.problems.map(({ variable, what, cure }) => `${variable} ${what}. ${cure}`);
  if (lines.length > 0) throw new Error(`${lines.join('\n')}\nIt must be the key that the relay has.`);
  return auditKeysOf(secrets);
}

import { parseEnv } from 'node:util';
import type { Problem } from './environment.ts';
import type { FileProbe } from './files.ts';

/** Read by Node itself, or by what it runs on: at home in an `.env` file, too. */
const FOREIGN =
  /^(NODE_|UV_|SSL_CERT_|LC_|npm_)|^(TZ|LANG|PATH|HOME|(HTTPS?|NO)_PROXY|DEBUG|FORCE_COLOR|NO_COLOR)$/i;
/** Of the emulator and the build. */
const READ_ELSEWHERE = [
  'EMULATOR_MEMBERS',
  'EMULATOR_SEED',
  'EMULATOR_MESSY',
  'VITE_ENDPOINT',
  'VITE_TOKEN_ENDPOINT',
];

export interface NamedVariables {
  /** All that are set. */
  readonly names: readonly string[];
  /** Those that stand in the operator's own file: there each has to be a setting. */
  readonly inFiles: readonly string[];
}

/** Variables that look like settings and that nobody reads, each with the nearest that somebody does. */
export function misspelt({ names, inFiles }: NamedVariables, asked: Iterable<string>): Problem[] {
  const known = new Set([...asked, ...READ_ELSEWHERE]);
  const ours = new Set([...known].map(familyOf).filter((family) => family !== undefined));
  // Whatever else is in the environment is the system's business.
  const isOurs = (name: string) => ours.has(familyOf(name) ?? '');
  const file = new Set(inFiles);
  return [...new Set([...names, ...inFiles])]
    .filter((name) => !known.has(name) && !FOREIGN.test(name))
    .map((variable) => ({ variable, nearest: nearestOf(variable, known) }))
    .filter(({ variable, nearest }) => file.has(variable) || (isOurs(variable) && nearest !== undefined))
    .map(({ variable, nearest }) => ({
      variable,
      what: 'is no setting, so nobody reads it',
      fix:
        nearest === undefined ? 'Take it out; .env.example has all there are.' : `Did you mean ${nearest}?`,
    }));
}

/** The variables that `.env`, and the files of Node's `--env-file`, name. */
export function namesInEnvFiles(
  execArgv: readonly string[],
  { readText }: Pick<FileProbe, 'readText'>,
): string[] {
  const files = execArgv.flatMap((argument, at) => {
    const [, file] = /^--env-file(?:-if-exists)?(?:=(.*))?$/.exec(argument) ?? [];
    return argument.startsWith('--env-file') ? [file ?? execArgv[at + 1] ?? ''] : [];
  });
  return ['.env', ...files].flatMap((file) => {
    const text = readText(file);
    return text === undefined ? [] : Object.keys(parseEnv(text.replace(/^\ufeff/, '')));
  });
}

/** How a setting begins, one or many: KIOSK_FILE and KIOSKS_FILE are of one family, PORTS is of none. */
function familyOf(name: string): string | undefined {
  const [, first] = /^([^_]+)_/.exec(name) ?? [];
  return first?.replace(/IES$/, 'Y').replace(/S$/, '');
}

/** A quarter of the letters may be wrong. */
function nearestOf(name: string, known: ReadonlySet<string>): string | undefined {
  const [nearest] = [...known]
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  return nearest !== undefined && nearest.distance <= name.length / 4 ? nearest.candidate : undefined;
}

/** Levenshtein's: letters to insert, remove or replace. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [at, letter] of Array.from(one).entries()) {
    const next = [at + 1];
    for (const [column, counterpart] of Array.from(other).entries()) {
      const replaced = (row[column] ?? 0) + (letter === counterpart ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

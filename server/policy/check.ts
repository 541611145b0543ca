import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { VIEWER_KINDS } from '#contract/session.ts';
import { VIEWER_OPTIONS, describeFor, readViewer } from './describe.ts';
import { readPolicyFile } from './policy-file.ts';

const USAGE = `npm run policy -- check <file>

  --as <kind>        what such a viewer gets: ${VIEWER_KINDS.join(', ')}; all of them where it is left out
  --groups <a,b>     the groups that a gateway tells of the viewer; without --as they say the kind, too
  --group <name>     one group whose name holds a comma; as often as there are
`;

/** What the command line needs of the world. */
export interface Terminal {
  out: (text: string) => void;
  err: (text: string) => void;
}

/**
 * Answers one command line.
 *
 * @returns the exit code: 0; 1 when the file is wrong; 2 when the command cannot be followed.
 */
export function runPolicy(args: string[], { out, err }: Terminal): number {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { ...VIEWER_OPTIONS, help: { type: 'boolean', short: 'h' } },
    });
    const [command, file, ...rest] = positionals;
    if (values.help === true) {
      out(USAGE);
      return 0;
    }
    if (command !== 'check' || file === undefined || rest.length > 0) throw new Error(USAGE);
    const read = readPolicyFile(readFileSync(file, 'utf8'), 'campus');
    if (!read.ok) {
      const lines = read.problems.map(({ line, message }) => `  line ${line}: ${message}\n`);
      out(`${file} is wrong, and a relay would not take it:\n${lines.join('')}See docs/policy.md.\n`);
      return 1;
    }
    const viewer = readViewer(values, read.policy);
    const viewers = viewer === undefined ? VIEWER_KINDS.map((kind) => ({ kind, groups: [] })) : [viewer];
    const lines = viewers.flatMap((one) => describeFor(read.policy, one));
    out(`${file} is right.\n\n${lines.join('\n')}\n`);
    return 0;
  } catch (error) {
    err(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

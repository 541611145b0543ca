import { parseArgs } from 'node:util';
import { VIEWER_KINDS } from '#contract/session.ts';
import type { Clock } from '#server/clock.ts';
import { readConfig } from '#server/config/config.ts';
import type { Config } from '#server/config/config.ts';
import { fileProbe } from '#server/config/files.ts';
import { namesInEnvFiles } from '#server/config/misspelt.ts';
import { VIEWER_OPTIONS, fieldsInUse, readViewer } from '#server/policy/describe.ts';
import type { NamedViewer, ViewerOptions } from '#server/policy/describe.ts';
import { checkFields } from './fields.ts';
import { checkFiles } from './files.ts';
import { exitCodeOf, textOf } from './finding.ts';
import type { Finding } from './finding.ts';
import { checkPlatform } from './platform.ts';
import { checkPolicy } from './policy.ts';
import { checkProxy } from './proxy.ts';
import { checkRedis } from './redis.ts';
import { checkSettings } from './settings.ts';

const USAGE = `npm run doctor -- [options]

  --members <a,b>    your own test members, by name or card number: which fields the platform sends of them
                     ("-" reads them from the standard input: no shell history keeps them)
  --as <kind>        what such a viewer gets: ${VIEWER_KINDS.join(', ')}
  --groups <a,b>     the groups that a gateway tells of the viewer; without --as they say the kind, too
  --group <name>     one group whose name holds a comma; as often as there are
  --json             for programs

It takes the relay's settings, asks the platform for a token and a search, asks the relay that runs how requests
arrive there, and has the Redis that relays share take a probe. It changes nothing. The exit code is 1 where there is a problem.
`;

/** What the command line needs of the world. */
export interface Terminal {
  env: Readonly<Record<string, string | undefined>>;
  execArgv: readonly string[];
  clock: Clock;
  out: (text: string) => void;
  err: (text: string) => void;
  readInput: () => Promise<string>;
}

/**
 * Answers one command line.
 *
 * @returns the exit code: 0; 1 when there is a problem; 2 when the command cannot be followed.
 */
export async function runDoctor(args: string[], terminal: Terminal): Promise<number> {
  try {
    return await run(args, terminal);
  } catch (error) {
    terminal.err(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

async function run(args: string[], terminal: Terminal): Promise<number> {
  const { env, execArgv, clock, out, readInput } = terminal;
  const { values } = parseArgs({
    args,
    options: {
      ...VIEWER_OPTIONS,
      members: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    out(USAGE);
    return 0;
  }
  const named = values.members === '-' ? await readInput() : (values.members ?? '');
  const members = named.split(/[,\n]/).map((member) => member.trim());
  const result = readConfig(env, fileProbe, namesInEnvFiles(execArgv, fileProbe));
  const findings = [
    ...checkSettings(result),
    ...(result.ok ? await checkAll(result.config, clock, values, members.filter(Boolean)) : []),
  ];
  out(values.json === true ? `${JSON.stringify(findings, undefined, 2)}\n` : textOf(findings));
  return exitCodeOf(findings);
}

/** What settings that are right lead to. */
async function checkAll(
  config: Config,
  clock: Clock,
  options: ViewerOptions,
  members: readonly string[],
): Promise<Finding[]> {
  const viewer = readViewer(options, config.policy);
  return [
    ...(await checkPlatformAndFields(config, clock, viewer, members)),
    ...(await checkProxy(config, clock)),
    ...(await checkFiles(config, clock)),
    ...(await checkRedis(config.redis, clock)),
    ...checkPolicy(config.policy, viewer),
  ];
}

async function checkPlatformAndFields(
  { wecard, policy, grantedFields }: Config,
  clock: Clock,
  viewer: NamedViewer | undefined,
  members: readonly string[],
): Promise<Finding[]> {
  if (wecard === undefined) {
    const what = 'WECARD_BASE_URL is not set: the embedded emulator answers, and everybody is invented.';
    return [{ area: 'platform', level: 'ok', name: 'emulator', what }];
  }
  const platform = await checkPlatform(wecard, clock);
  const { findings, client } = platform;
  try {
    if (client === undefined || members.length === 0) return [...findings];
    const inUse = fieldsInUse(policy, viewer);
    const fields = await checkFields({ settings: wecard, client, members, inUse, granted: grantedFields });
    return [...findings, ...fields];
  } finally {
    await platform.close();
  }
}

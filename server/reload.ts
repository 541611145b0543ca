import { closeSync, openSync } from 'node:fs';
import { createEnvironment } from './config/environment.ts';
import { readPolicy } from './config/files.ts';
import type { FileProbe } from './config/files.ts';
import type { Logger } from './logger.ts';
import type { Scale } from './policy/defaults.ts';
import type { AccessPolicy } from './policy/profile.ts';

export interface ReloadParts {
  variables: Readonly<Record<string, string | undefined>>;
  files: FileProbe;
  scale: Scale;
  use: (policy: AccessPolicy) => void;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/** SIGHUP: the policy file is read anew. One that is wrong changes nothing, and the log says what is wrong with it. */
export function createReload({ variables, files, scale, use, logger }: ReloadParts): () => void {
  return () => {
    const env = createEnvironment(variables);
    const policy = readPolicy(env, files, scale);
    if (env.text('POLICY_FILE') === undefined) {
      logger.warn('SIGHUP: there is no POLICY_FILE to read anew; other settings need a restart');
      return;
    }
    for (const { what, fix } of env.problems) {
      logger.error(`POLICY_FILE ${what}. The policy before it still holds. ${fix}`);
    }
    if (env.problems.length > 0) return;
    use(policy);
    logger.info({ profiles: policy.rules.map(({ profile }) => profile.name) }, 'the policy was read anew');
  };
}

/**
 * Whether a SIGHUP came because somebody closed the terminal that the relay runs in, and so wants it to end. The kernel
 * has taken the terminal away by then.
 */
export function isTerminalGone({ isTTY }: { isTTY?: boolean } = process.stdout): boolean {
  if (isTTY !== true) return false;
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return false;
  } catch {
    // ENXIO on Linux, ENOENT where there is no such thing.
    return true;
  }
}

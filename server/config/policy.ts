import { builtInPolicy } from '#server/policy/defaults.ts';
import type { Scale } from '#server/policy/defaults.ts';
import { readPolicyFile } from '#server/policy/policy-file.ts';
import type { AccessPolicy } from '#server/policy/profile.ts';
import type { Environment } from './environment.ts';
import type { FileProbe } from './files.ts';

/** What `POLICY_FILE` says, or the built-in policy. Each problem of the file is reported with its line. */
export function readPolicy(env: Environment, probe: FileProbe, scale: Scale): AccessPolicy {
  const file = env.text('POLICY_FILE');
  const builtIn = builtInPolicy(scale);
  if (file === undefined) return builtIn;
  const text = probe.readText(file);
  if (text === undefined) {
    const cure = 'Check its path and permissions, or leave it away for the default.';
    env.report('POLICY_FILE', 'cannot be read', cure);
    return builtIn;
  }
  const read = readPolicyFile(text, scale);
  if (read.ok) return read.policy;
  for (const { line, message } of read.problems) {
    env.report('POLICY_FILE', `is wrong on line ${line}: ${message}`, 'See docs/policy.md.');
  }
  return builtIn;
}

import { describeFor } from '#server/policy/describe.ts';
import type { NamedViewer } from '#server/policy/describe.ts';
import { profileFor } from '#server/policy/profile.ts';
import type { AccessPolicy } from '#server/policy/profile.ts';
import type { Finding } from './finding.ts';

/** What the policy gives to a viewer whom the operator names. */
export function checkPolicy(policy: AccessPolicy, viewer: NamedViewer | undefined): Finding[] {
  if (viewer === undefined) {
    const names = policy.rules.map(({ profile }) => profile.name).join(', ');
    const what = `The policy’s profiles, in the order in which they are tried: ${names}. See what one gives with --as.`;
    return [{ area: 'policy', level: 'ok', name: 'policy', what }];
  }
  const [what = '', ...lines] = describeFor(policy, viewer);
  if (profileFor(policy, viewer) !== undefined) {
    return [{ area: 'policy', level: 'ok', name: 'policy', what, lines }];
  }
  const fix = 'Give them a profile in POLICY_FILE, by their kind or a group: see docs/policy.md.';
  return [{ area: 'policy', level: 'problem', name: 'sees-nothing', what, fix }];
}

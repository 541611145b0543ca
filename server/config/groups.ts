import { groupsOf } from '#server/policy/groups.ts';
import type { AccessPolicy } from '#server/policy/profile.ts';
import type { SignIn } from './sign-in.ts';

/** Which groups lead where, in one line; undefined where nobody tells groups. */
export function groupsLine(signIn: SignIn, policy: AccessPolicy): string | undefined {
  if (signIn.mode !== 'header' || signIn.groupsHeader === undefined) return undefined;
  return `Groups, as ${signIn.groupsHeader} tells them: ${written(groupsOf(policy))}.`;
}

/** Groups that no viewer can ever have. */
export function groupWarnings(signIn: SignIn, policy: AccessPolicy): string[] {
  const groups = groupsOf(policy);
  if (signIn.mode !== 'header') {
    const waiting = groups.filter(({ group, leadsTo }) => group !== leadsTo);
    if (waiting.length === 0) return [];
    return [
      `Only SIGN_IN=header tells groups, so nobody is in those of the policy: ${written(waiting)}. See docs/policy.md.`,
    ];
  }
  if (signIn.groupsHeader === undefined) {
    return [
      'SIGN_IN_GROUPS_HEADER is not set: every viewer is "other", to whom the policy shows nothing unless a profile is for that kind. Name the header that tells groups. See docs/policy.md.',
    ];
  }
  const cut = groups.filter(({ group }) => group.split(signIn.groupsSeparator ?? /[,;]/).length > 1);
  if (cut.length === 0) return [];
  return [
    `These groups of the policy hold what stands between groups, and match only where the gateway sends a JSON array: ${written(cut)}. Set SIGN_IN_GROUPS_SEPARATOR, here and at the gateway, to a sign that no group holds.`,
  ];
}

function written(groups: readonly { group: string; leadsTo: string }[]): string {
  return groups.map(({ group, leadsTo }) => `${group} → ${leadsTo}`).join('; ');
}

import type { ViewerKind } from '#contract/session.ts';
import type { AccessPolicy } from './profile.ts';

/** What groups can make of a viewer. Who is several of them is the first. */
export const KINDS_BY_GROUP = ['staff', 'student', 'alumni'] as const;

/** Kept of a viewer's groups, in UTF-8: they are sealed into a cookie, and browsers keep 4,096 bytes of one. */
const MAX_BYTES = 1_500;

/** Where a viewer stands by their groups. */
export interface Standing {
  readonly kind: ViewerKind;
  /** Those that profiles for this kind name, in the order of the policy: the first decides. */
  readonly groups: readonly string[];
}

/** @param named every group that the gateway names, each as `groupName` writes it. */
export function standingOf({ rules, kindGroups }: AccessPolicy, named: readonly string[]): Standing {
  const all = new Set(named);
  const kind = [...kindGroups].find(([group]) => all.has(group))?.[1] ?? 'other';
  const asked = rules.filter(({ kinds }) => kinds.has(kind)).flatMap(({ groups }) => [...groups]);
  let room = MAX_BYTES;
  const groups = [...new Set(asked)].filter(
    (group) => all.has(group) && (room -= Buffer.byteLength(group)) >= 0,
  );
  return { kind, groups };
}

/** One spelling of a group's name: an accent may be a sign of its own. */
export function groupName(text: string): string {
  return text.normalize('NFC').trim();
}

/** Every group of the policy, and where it leads: "教职工 → staff", "CN=Registry → registry". */
export function groupsOf({ rules, kindGroups }: AccessPolicy): { group: string; leadsTo: string }[] {
  const toKinds = [...kindGroups].map(([group, kind]) => ({ group, leadsTo: kind }));
  const toProfiles = rules.flatMap(({ groups, profile }) =>
    [...groups].map((group) => ({ group, leadsTo: `profile ${profile.name}` })),
  );
  return [...toKinds, ...toProfiles];
}

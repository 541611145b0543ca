import { FIELD_KEYS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import { VIEWER_KINDS } from '#contract/session.ts';
import type { ViewerKind } from '#contract/session.ts';
import { groupName, standingOf } from './groups.ts';
import { profileFor } from './profile.ts';
import type { AccessPolicy, Profile } from './profile.ts';

/** A viewer as an operator names one on the command line. */
export interface NamedViewer {
  readonly kind: ViewerKind;
  readonly groups: readonly string[];
}

export interface ViewerOptions {
  readonly as?: string | undefined;
  /** Separated by commas. */
  readonly groups?: string | undefined;
  /** Each as it is, as a directory's names hold commas. */
  readonly group?: readonly string[] | undefined;
}

/** The same for every command: to be given to `parseArgs`. */
export const VIEWER_OPTIONS = {
  as: { type: 'string' },
  groups: { type: 'string' },
  group: { type: 'string', multiple: true },
} as const;

/**
 * A viewer of this kind, or of the kind that the policy makes of their groups.
 *
 * @returns undefined where no viewer is named.
 * @throws Error in an operator's words.
 */
export function readViewer(
  { as, groups: list = '', group = [] }: ViewerOptions,
  policy: AccessPolicy,
): NamedViewer | undefined {
  const groups = [...list.split(','), ...group].map(groupName).filter((name) => name !== '');
  const named = VIEWER_KINDS.find((one) => one === as);
  if (as !== undefined && named === undefined) {
    throw new Error(`--as takes one of ${VIEWER_KINDS.join(', ')}.`);
  }
  const kind = named ?? (groups.length > 0 ? standingOf(policy, groups).kind : undefined);
  return kind && { kind, groups };
}

/** What a viewer gets, a line each; one line where that is nothing. */
export function describeFor(policy: AccessPolicy, viewer: NamedViewer): string[] {
  const { kind, groups } = viewer;
  const who = groups.length === 0 ? kind : `${kind}, in ${groups.join(', ')}`;
  const profile = profileFor(policy, viewer);
  if (profile === undefined) return [`${who}: sees nothing, and is refused`];
  return [`${who}: profile "${profile.name}"`, ...describeProfile(profile).map((line) => `  ${line}`)];
}

function describeProfile(profile: Profile): string[] {
  const { shown, masked, revealable, verifiable, searches, limits, reasonRequired, watermark } = profile;
  const never = FIELD_KEYS.filter((field) => !shown.has(field) && !masked.has(field));
  const lists = { shown, masked, revealable, verifiable, searches, never: new Set(never) };
  const limit = limits.day === undefined ? '' : `, ${limits.day} a day`;
  return [
    ...Object.entries(lists).flatMap(([name, list]) =>
      list.size === 0 ? [] : [`${name}: ${[...list].join(', ')}`],
    ),
    `limits: ${limits.hour} people an hour${limit}`,
    ...(reasonRequired ? ['a reveal has to say why'] : []),
    ...(watermark ? ['a member’s page carries a watermark'] : []),
  ];
}

/** Every field that the policy lets some viewer see, or check. */
export function fieldsInUse(policy: AccessPolicy, viewer: NamedViewer | undefined): FieldKey[] {
  const own = viewer && profileFor(policy, viewer);
  const profiles = viewer === undefined ? policy.rules.map(({ profile }) => profile) : own ? [own] : [];
  return FIELD_KEYS.filter((field) =>
    profiles.some(
      ({ shown, masked, verifiable }) => shown.has(field) || masked.has(field) || verifiable.has(field),
    ),
  );
}

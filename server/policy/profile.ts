import type { FieldKey } from '#contract/fields.ts';
import type { SearchKind } from '#contract/session.ts';
import type { ViewerKind } from '#contract/session.ts';
import type { Budget } from '#server/limits/budget.ts';

export { SEARCH_KINDS } from '#contract/session.ts';
export type { SearchKind };

/** What one sort of viewer may see and do. A field that stands in neither set is never sent. */
export interface Profile {
  readonly name: string;
  readonly shown: ReadonlySet<FieldKey>;
  readonly masked: ReadonlySet<FieldKey>;
  /** Part of `masked`. */
  readonly revealable: ReadonlySet<FieldKey>;
  /** Masked, or not sent at all; never shown. */
  readonly verifiable: ReadonlySet<FieldKey>;
  readonly searches: ReadonlySet<SearchKind>;
  /** People that may be returned to one viewer. */
  readonly limits: Budget;
  /** True: a reveal has to say why. */
  readonly reasonRequired: boolean;
  readonly watermark: boolean;
}

/** Whom a profile is for. */
export interface ProfileRule {
  readonly kinds: ReadonlySet<ViewerKind>;
  /** Empty: every viewer of these kinds. */
  readonly groups: ReadonlySet<string>;
  readonly profile: Profile;
}

export interface AccessPolicy {
  /** In the order in which they are tried. */
  readonly rules: readonly ProfileRule[];
  /** A gateway's group → what its people are to the school, in the order in which they are tried. */
  readonly kindGroups: ReadonlyMap<string, ViewerKind>;
  /** Role id → name: the platform tells ids only. */
  readonly roles: Readonly<Record<string, string>>;
  /** People returned to one network address: loose, because a campus sits behind one. */
  readonly address: Budget;
  /** People returned by this deployment to everybody together. */
  readonly deployment: Budget;
}

/**
 * The viewer's profile: the first one that names a group of theirs, else the first one for their
 * kind.
 *
 * @returns undefined when this viewer may see nothing at all (`forbidden`).
 */
export function profileFor(
  policy: AccessPolicy,
  viewer: { kind: ViewerKind; groups: readonly string[] },
): Profile | undefined {
  const rules = policy.rules.filter((rule) => rule.kinds.has(viewer.kind));
  const byGroup = rules.find((rule) => viewer.groups.some((group) => rule.groups.has(group)));
  const profile = (byGroup ?? rules.find((rule) => rule.groups.size === 0))?.profile;
  return profile === undefined || isEmpty(profile) ? undefined : profile;
}

function isEmpty(profile: Profile): boolean {
  return profile.shown.size + profile.masked.size === 0;
}

import type { FieldKey, FieldSensitivity } from '#contract/fields.ts';
import type { ViewerKind } from '#contract/session.ts';
import type { Budget } from '#server/limits/budget.ts';
import { fieldsOf } from './field-lists.ts';
import { KINDS_BY_GROUP } from './groups.ts';
import { SEARCH_KINDS } from './profile.ts';
import type { AccessPolicy, ProfileRule } from './profile.ts';

/** Whom the deployment serves: people, or a demonstration and its load tests on this machine. */
export type Scale = 'campus' | 'demo';

const DEMO_BUDGET: Budget = { hour: 50_000 };

const VIEWER_BUDGETS: Readonly<Record<ViewerKind, Budget>> = {
  // A front desk on enrolment day: one every five seconds, and some that find nobody.
  staff: { hour: 900, day: 4_000 },
  student: { hour: 120, day: 400 },
  alumni: { hour: 120, day: 400 },
  other: { hour: 120, day: 400 },
  kiosk: { hour: 240 },
};

/** What a viewer of these kinds gets where the file sets no limit: the strictest of theirs. */
export function defaultBudget(kinds: Iterable<ViewerKind>, scale: Scale): Budget {
  if (scale === 'demo') return DEMO_BUDGET;
  const budgets = [...kinds].map((kind) => VIEWER_BUDGETS[kind]);
  return budgets.reduce((least, budget) => (budget.hour < least.hour ? budget : least));
}

function defaultSharedBudgets(scale: Scale): Pick<AccessPolicy, 'address' | 'deployment'> {
  if (scale === 'demo') return { address: DEMO_BUDGET, deployment: DEMO_BUDGET };
  return { address: { hour: 6_000, day: 30_000 }, deployment: { hour: 20_000, day: 100_000 } };
}

/**
 * The policy where no file says otherwise, derived from the catalogue's sensitivities. Alumni and
 * others have no profile, and so see nothing.
 */
export function builtInPolicy(scale: Scale): AccessPolicy {
  return {
    rules: [
      rule('kiosk', ['public'], scale),
      rule('student', ['public', 'campus'], scale),
      rule('staff', ['public', 'campus', 'staff'], scale, fieldsOf('contact')),
    ],
    kindGroups: new Map(KINDS_BY_GROUP.map((kind) => [kind, kind])),
    roles: {},
    ...defaultSharedBudgets(scale),
  };
}

function rule(
  kind: ViewerKind,
  shown: readonly FieldSensitivity[],
  scale: Scale,
  masked: readonly FieldKey[] = [],
): ProfileRule {
  return {
    kinds: new Set([kind]),
    groups: new Set(),
    profile: {
      name: kind,
      shown: new Set(fieldsOf(...shown)),
      masked: new Set(masked),
      revealable: new Set(masked),
      verifiable: new Set(),
      searches: new Set(SEARCH_KINDS),
      limits: defaultBudget([kind], scale),
      reasonRequired: false,
      watermark: masked.length > 0,
    },
  };
}

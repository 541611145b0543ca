import type { FieldKey } from '#contract/fields.ts';

/** What a viewer of one kind may be told, as the checker has it: spelt out, and small limits that are met. */
export interface ChaosProfile {
  readonly shown: readonly FieldKey[];
  readonly masked: readonly FieldKey[];
  readonly revealable: readonly FieldKey[];
  readonly verifiable: readonly FieldKey[];
  readonly limits: { readonly hour: number };
}

export type ChaosKind = 'staff' | 'student';

export const PROFILES: Readonly<Record<ChaosKind, ChaosProfile>> = {
  staff: {
    shown: ['name', 'identity_type', 'card_number', 'college'],
    masked: ['telephone', 'email'],
    revealable: ['telephone'],
    verifiable: ['id_card'],
    limits: { hour: 40 },
  },
  student: {
    shown: ['name', 'identity_type', 'college'],
    masked: [],
    revealable: [],
    verifiable: [],
    limits: { hour: 16 },
  },
};

/** Tries for a viewer, member and field, and for a member in a day, whoever tries: docs/policy.md. */
export const VERIFY_LIMITS = { own: 3, day: 10 };
/** What a search costs that finds nobody. */
export const MISS_COST = 3;

const UNMET = { hour: 10_000_000 };

/** The text of the policy file. */
export const POLICY = JSON.stringify({
  profiles: Object.entries(PROFILES).map(([kind, profile]) => ({ name: kind, kinds: [kind], ...profile })),
  limits: { address: UNMET, deployment: UNMET },
});

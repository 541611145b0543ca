import Type from 'typebox';
import type { Static } from 'typebox';
import { Value } from 'typebox/value';
import { VIEWER_KINDS } from '#contract/session.ts';
import type { Finding } from './located-json.ts';
import { SEARCH_KINDS } from './profile.ts';

const closed = { additionalProperties: false };
const count = Type.Integer({ minimum: 1 });
const BudgetSchema = Type.Object({ hour: count, day: Type.Optional(count) }, closed);
/** Names as a gateway tells them. */
const Groups = Type.Array(Type.String({ minLength: 1 }), { minItems: 1 });
/** Field names, and "@public" and the like for all fields of a sensitivity: read one by one later. */
const FieldNames = Type.Optional(Type.Array(Type.String()));

const ProfileSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 40 }),
    kinds: Type.Optional(Type.Array(Type.Enum([...VIEWER_KINDS]), { minItems: 1 })),
    groups: Type.Optional(Groups),
    shown: FieldNames,
    masked: FieldNames,
    revealable: FieldNames,
    verifiable: FieldNames,
    searches: Type.Optional(Type.Array(Type.Enum([...SEARCH_KINDS]), { minItems: 1 })),
    limits: Type.Optional(BudgetSchema),
    reasonRequired: Type.Optional(Type.Boolean()),
    watermark: Type.Optional(Type.Boolean()),
  },
  closed,
);

const PolicyFileSchema = Type.Object(
  {
    kinds: Type.Optional(
      Type.Object(
        { staff: Type.Optional(Groups), student: Type.Optional(Groups), alumni: Type.Optional(Groups) },
        closed,
      ),
    ),
    profiles: Type.Optional(Type.Array(ProfileSchema)),
    roles: Type.Optional(Type.Record(Type.String({ pattern: '^[0-9]+$' }), Type.String(), closed)),
    limits: Type.Optional(
      Type.Object({ address: Type.Optional(BudgetSchema), deployment: Type.Optional(BudgetSchema) }, closed),
    ),
  },
  closed,
);

export type ProfileEntry = Static<typeof ProfileSchema>;

export type PolicyFile = Static<typeof PolicyFileSchema>;

export function isPolicyFile(value: unknown): value is PolicyFile {
  return Value.Check(PolicyFileSchema, value);
}

export function isProfileEntry(value: unknown): value is ProfileEntry {
  return Value.Check(ProfileSchema, value);
}

/** What is wrong with the file's form, in an operator's words. */
export function formFindings(value: unknown): Finding[] {
  return Value.Errors(PolicyFileSchema, value).flatMap((error): Finding[] => {
    const at = error.instancePath;
    switch (error.keyword) {
      // Told once more, by its place, as "boolean".
      case 'additionalProperties':
        return [];
      case 'boolean':
        return [{ at, message: `"${lastOf(at)}" is no setting of a policy file` }];
      case 'required':
        return [{ at, message: `${list(error.params.requiredProperties)} is missing` }];
      case 'enum':
        return [{ at, message: `this must be one of ${list(error.params.allowedValues.map(String))}` }];
      default:
        return [{ at, message: `${lastOf(at) || 'the file'} ${error.message}` }];
    }
  });
}

function lastOf(pointer: string): string {
  const last = pointer.slice(pointer.lastIndexOf('/') + 1);
  return last.replaceAll('~1', '/').replaceAll('~0', '~');
}

function list(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

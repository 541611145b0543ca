import { Type } from 'typebox';
import type { TSchema } from 'typebox';
import { FIELD_KEYS, FIELDS } from '#contract/fields.ts';
import type { FieldKey, FieldKind } from '#contract/fields.ts';
import type { MemberFields } from '#contract/member.ts';
import { MAX_RENEWED_PHOTOS } from '#contract/wire.ts';

const KIND_SCHEMAS: Readonly<Record<FieldKind, TSchema>> = {
  text: Type.String(),
  identity: Type.String(),
  gender: Type.Union([Type.Integer(), Type.String()]),
  status: Type.Union([Type.Integer(), Type.String()]),
  ids: Type.Array(Type.Integer()),
  date: Type.String(),
  datetime: Type.String(),
  phone: Type.String(),
  email: Type.String(),
  image: Type.String(),
};

function memberProperties(): Record<FieldKey, TSchema> {
  const entries = FIELD_KEYS.map((key) => [key, Type.Optional(KIND_SCHEMAS[FIELDS[key].kind])]);
  return Object.fromEntries(entries) as Record<FieldKey, TSchema>;
}

/** The catalogue's fields and the reference: what is not in here does not leave the relay. */
const MemberSchema = Type.Unsafe<MemberFields & { ref?: string }>(
  Type.Object({ ...memberProperties(), ref: Type.Optional(Type.String()) }),
);

const FieldKeySchema = Type.Unsafe<FieldKey>(Type.String());
const Names = Type.Record(Type.String(), Type.String());

const PolicySchema = Type.Object({
  granted: Type.Optional(Type.Array(FieldKeySchema)),
  masked: Type.Optional(Type.Array(FieldKeySchema)),
  revealable: Type.Optional(Type.Array(FieldKeySchema)),
  verifiable: Type.Optional(Type.Array(FieldKeySchema)),
  reasonRequired: Type.Optional(Type.Boolean()),
  watermark: Type.Optional(Type.String()),
});

export const SearchAnswerSchema = Type.Object({
  errcode: Type.Literal(0),
  errmsg: Type.String(),
  time: Type.Optional(Type.Integer()),
  searched: Type.Optional(Type.String()),
  userlist: Type.Array(MemberSchema),
  complete: Type.Optional(Type.Boolean()),
  policy: Type.Optional(PolicySchema),
  organizations: Type.Optional(Names),
  roles: Type.Optional(Names),
});

const FailureAnswerSchema = Type.Object({
  errcode: Type.Integer(),
  errmsg: Type.String(),
  request_id: Type.String(),
});

/** The answers that every route can give, beside its own. */
export const FAILURE_ANSWERS = { '4xx': FailureAnswerSchema, '5xx': FailureAnswerSchema } as const;

const strict = { additionalProperties: false } as const;

const RefSchema = Type.String({ maxLength: 512 });
/** One that the catalogue knows. */
const KnownFieldSchema = Type.Unsafe<FieldKey>(Type.Enum([...FIELD_KEYS]));

export const SearchRequestSchema = Type.Union([
  Type.Object({ keywords: Type.String() }, strict),
  Type.Object({ ref: RefSchema }, strict),
]);

export const RevealRequestSchema = Type.Object(
  { ref: RefSchema, field: KnownFieldSchema, reason: Type.Optional(Type.String({ maxLength: 200 })) },
  strict,
);

export const RenewPhotosRequestSchema = Type.Object(
  { links: Type.Array(Type.String({ maxLength: 2048 }), { maxItems: MAX_RENEWED_PHOTOS }) },
  strict,
);

export const RenewPhotosAnswerSchema = Type.Object({
  errcode: Type.Literal(0),
  errmsg: Type.String(),
  links: Type.Array(Type.String()),
});

export const RevealAnswerSchema = Type.Object({
  errcode: Type.Literal(0),
  errmsg: Type.String(),
  value: Type.String(),
});

export const VerifyRequestSchema = Type.Object(
  { ref: RefSchema, field: KnownFieldSchema, answer: Type.String({ maxLength: 20 }) },
  strict,
);

export const VerifyAnswerSchema = Type.Object({
  errcode: Type.Literal(0),
  errmsg: Type.String(),
  match: Type.Boolean(),
});

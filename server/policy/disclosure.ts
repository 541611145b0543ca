import type { FieldKey } from '#contract/fields.ts';
import { FIELD_KEYS } from '#contract/fields.ts';
import type { Member } from '#contract/member.ts';
import type { Policy } from '#contract/reply.ts';
import { arrivedMasked, maskValue } from './mask.ts';
import type { Profile } from './profile.ts';

/** A new member that holds what the profile shows, masked where it shows only that much. Nothing else is copied. */
export function disclose(member: Member, profile: Profile): Member {
  const disclosed: Partial<Record<FieldKey, Member[FieldKey]>> = {};
  for (const field of FIELD_KEYS) {
    const value = member[field];
    if (value === undefined) continue;
    if (profile.shown.has(field)) disclosed[field] = value;
    else if (profile.masked.has(field) && typeof value === 'string') {
      disclosed[field] = maskValue(field, value, profile.verifiable.has(field));
    }
  }
  return disclosed as Member;
}

/**
 * What the reply says of the fields of its members.
 *
 * @param members as the platform told them, with no more fields than the reply holds.
 * @param granted the fields that the application was granted, where the operator says so.
 */
export function policyOf(
  profile: Profile,
  members: readonly Member[],
  granted: readonly FieldKey[] | undefined,
): Policy {
  // What arrived masked cannot be shown in full by us either, nor its last four be compared.
  const arrived = (field: FieldKey) => members.some((member) => fullValue(member, field) !== undefined);
  const isVisible = (field: FieldKey) => profile.shown.has(field) || profile.masked.has(field);
  // What came and could not be read is not empty: nobody is told that it was not recorded.
  const isRead = (field: FieldKey) => members.every(({ unreadable }) => unreadable?.includes(field) !== true);
  return {
    ...(granted === undefined
      ? {}
      : { granted: granted.filter((field) => isVisible(field) && isRead(field)) }),
    masked: FIELD_KEYS.filter((field) => profile.masked.has(field)),
    revealable: FIELD_KEYS.filter((field) => profile.revealable.has(field) && arrived(field)),
    verifiable: FIELD_KEYS.filter((field) => profile.verifiable.has(field) && arrived(field)),
    ...(profile.reasonRequired ? { reasonRequired: true } : {}),
  };
}

/** A member's value of a text field, unless the platform left it out or sent it masked. */
export function fullValue(member: Member, field: FieldKey): string | undefined {
  const value = member[field];
  return typeof value === 'string' && !arrivedMasked(field, value) ? value : undefined;
}

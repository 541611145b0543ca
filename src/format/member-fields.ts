import { FIELD_GROUPS, FIELD_KEYS, FIELDS } from '#contract/fields.ts';
import type { FieldGroup, FieldKey } from '#contract/fields.ts';
import type { Member } from '#contract/member.ts';
import type { Messages } from '../locales/messages.ts';
import type { MemberDetails } from '../stores/member.ts';
import { fieldText } from './field-text.ts';
import { linkedText } from './links.ts';
import type { LinkedText } from './links.ts';

/** One line of a member's page. */
export interface ShownField {
  key: FieldKey;
  /** Undefined: granted and not recorded, or not sent and only to be checked. */
  text: string | undefined;
  /** The same in pieces, with what can be called or written to. */
  parts: LinkedText[];
  /** Whether the relay masked the value, and the reference by which it can be seen in full. */
  masked: boolean;
  revealRef: string | undefined;
  /** True: whoever wants to see it says why. */
  reasonRequired: boolean;
  /** The reference by which its last four can be checked, whether the value is shown masked or not at all. */
  verifyRef: string | undefined;
}

export interface ShownGroup {
  group: FieldGroup;
  fields: ShownField[];
}

/**
 * What a member's page shows, in the catalogue's order. A field that is not there leaves no trace,
 * unless the backend says that it was granted and the member is complete: then it was not recorded.
 *
 * @param isPlain to be read only: what is only to be checked is left out.
 */
export function shownGroups(details: MemberDetails, t: Messages, isPlain = false): ShownGroup[] {
  const { member, complete, policy } = details;
  const granted = new Set(complete ? policy.granted : []);
  const maskOf = (key: FieldKey) => ({
    masked: policy.masked?.includes(key) === true,
    revealRef: policy.revealable?.includes(key) === true ? member.ref : undefined,
    reasonRequired: policy.reasonRequired === true,
    verifyRef: policy.verifiable?.includes(key) === true ? member.ref : undefined,
  });
  const isEmpty = (key: FieldKey) =>
    granted.has(key) && member[key] === undefined && member.unreadable?.includes(key) !== true;
  const shown = (group: FieldGroup) =>
    FIELD_KEYS.filter((key) => FIELDS[key].group === group)
      .map((key) => {
        const text = fieldText(member, key, details, t);
        return { key, text, parts: partsOf(member, key, text), ...maskOf(key) };
      })
      .filter(
        ({ key, text, verifyRef }) =>
          text !== undefined || (verifyRef === undefined ? isEmpty(key) : !isPlain),
      );
  return FIELD_GROUPS.filter((group) => group !== 'head')
    .map((group) => ({ group, fields: shown(group) }))
    .filter(({ fields }) => fields.length > 0);
}

/** Numbers and addresses are read as they came, not as they are shown. */
function partsOf(member: Member, key: FieldKey, text: string | undefined): LinkedText[] {
  const { kind } = FIELDS[key];
  const value = kind === 'phone' || kind === 'email' ? member[key] : text;
  return value === undefined ? [] : linkedText(key, String(value));
}

import { FIELD_GROUPS, FIELD_KEYS, FIELDS } from '#contract/fields.ts';
import type { FieldGroup, FieldKey } from '#contract/fields.ts';
import type { Messages } from '../i18n/messages.ts';
import type { MemberDetails } from '../stores/member.ts';
import { fieldText } from './field-text.ts';

/** One line of a member's page. */
export interface ShownField {
  key: FieldKey;
  /** Undefined: granted, and not recorded. */
  text: string | undefined;
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
 */
export function shownGroups(details: MemberDetails, t: Messages): ShownGroup[] {
  const { member, complete, policy } = details;
  const granted = new Set(complete ? policy.granted : []);
  const maskOf = (key: FieldKey) => ({
    masked: policy.masked?.includes(key) === true,
    revealRef: policy.revealable?.includes(key) === true ? member.ref : undefined,
    reasonRequired: policy.reasonRequired === true,
    verifyRef: policy.verifiable?.includes(key) === true ? member.ref : undefined,
  });
  const shown = (group: FieldGroup) =>
    FIELD_KEYS.filter((key) => FIELDS[key].group === group)
      .map((key) => ({ key, text: fieldText(member, key, details, t), ...maskOf(key) }))
      .filter(
        ({ key, text, verifyRef }) =>
          text !== undefined || verifyRef !== undefined || (granted.has(key) && member[key] === undefined),
      );
  return FIELD_GROUPS.filter((group) => group !== 'head')
    .map((group) => ({ group, fields: shown(group) }))
    .filter(({ fields }) => fields.length > 0);
}

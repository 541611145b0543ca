import { FIELDS } from '#contract/fields.ts';
import type { ViewerKind } from '#contract/session.ts';
import type { FieldList, FieldLists } from './field-lists.ts';
import { isMaskable, isVerifiable } from './field-lists.ts';
import type { Finding } from './located-json.ts';

/** What a profile says that cannot hold together, or that no operator may allow. */
export function contradictions(at: string, kinds: ReadonlySet<ViewerKind>, lists: FieldLists): Finding[] {
  return [...withinLists(lists), ...aboutPeople(at, lists), ...(kinds.has('kiosk') ? onKiosks(lists) : [])];
}

function withinLists({ shown, masked, revealable, verifiable }: FieldLists): Finding[] {
  return [
    ...each(masked, (field) => {
      if (shown.has(field)) return `"${field}" is both shown and masked: take it out of one`;
      if (!isMaskable(field)) return `"${field}" has no masked form: show it, or leave it out`;
      return undefined;
    }),
    ...each(revealable, (field) =>
      masked.has(field) ? undefined : `"${field}" is revealable but not masked: add it to "masked"`,
    ),
    ...each(verifiable, (field) => {
      if (!isVerifiable(field)) return `"${field}" has no last four to ask for: take it out of "verifiable"`;
      return shown.has(field)
        ? `"${field}" is shown, so there is nothing to verify: mask it or leave it out`
        : undefined;
    }),
  ];
}

function aboutPeople(at: string, { shown, masked }: FieldLists): Finding[] {
  const findings: Finding[] = [];
  const birthday = shown.get('birthday');
  if (birthday !== undefined && masked.has('id_card')) {
    findings.push({
      at: birthday,
      message: '"birthday" is shown while "id_card" is masked, and is eight of its digits: mask it too',
    });
  }
  if (shown.size + masked.size > 0 && !shown.has('name') && !masked.has('name')) {
    findings.push({ at, message: 'this profile shows a member without "name": add it, shown or masked' });
  }
  return findings;
}

/** A kiosk stands in a hall, and nobody answers for who stands before it. */
function onKiosks({ shown, masked, revealable, verifiable }: FieldLists): Finding[] {
  const never = (field: keyof typeof FIELDS) =>
    FIELDS[field].sensitivity === 'restricted' ? `"${field}" is never for a kiosk: take it out` : undefined;
  return [
    ...each(shown, (field) =>
      FIELDS[field].sensitivity === 'contact' ? `"${field}" can only be masked on a kiosk` : never(field),
    ),
    ...each(masked, never),
    ...each(revealable, (field) => `a kiosk reveals nothing: take "${field}" out of "revealable"`),
    ...each(verifiable, (field) => `a kiosk verifies nothing: take "${field}" out of "verifiable"`),
  ];
}

function each(list: FieldList, problemOf: (field: keyof typeof FIELDS) => string | undefined): Finding[] {
  return [...list].flatMap(([field, at]) => {
    const message = problemOf(field);
    return message === undefined ? [] : [{ at, message }];
  });
}

import { FIELDS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import { emailParts, mailtoOf } from './email.ts';
import { phoneParts } from './phone.ts';

/** A piece of a value as it is shown, what is copied of it, and where it leads. */
export interface LinkedText {
  text: string;
  copied: string;
  href: string | undefined;
}

/** A value, cut where there is something to call or to write to. */
export function linkedText(field: FieldKey, value: string): LinkedText[] {
  switch (FIELDS[field].kind) {
    case 'phone':
      return phoneParts(value).map(({ text, written, dial }) => ({
        text,
        copied: written,
        href: dial && `tel:${dial}`,
      }));
    case 'email':
      return emailParts(value).map(({ text, address }) => ({
        text,
        copied: address ?? text,
        href: address && mailtoOf(address),
      }));
    default:
      return [{ text: value, copied: value, href: undefined }];
  }
}

import { FIELDS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import { addressMask } from './masks/address.ts';
import { documentMask } from './masks/document.ts';
import { emailMask } from './masks/email.ts';
import { phoneMask } from './masks/phone.ts';
import type { Mask } from './masks/shape.ts';
import { dateMask, personMask, textMask } from './masks/text.ts';

/** By whether a visitor is asked for the last four. */
const MASKS = {
  false: { document: documentMask('shown'), phone: phoneMask('shown'), text: textMask('shown') },
  true: { document: documentMask('hidden'), phone: phoneMask('hidden'), text: textMask('hidden') },
} as const;

/**
 * A value as a viewer sees it who may know that it exists but not what it is. A value that arrived
 * masked is left alone, unless it shows what must not be shown.
 *
 * @param isVerified true where the viewer may check the last four: then the mask hides those too, whoever laid it.
 */
export function maskValue(field: FieldKey, value: string, isVerified = false): string {
  const mask = maskOf(field, isVerified);
  return mask.isHidden(value) ? value : mask.hide(value);
}

/** True when the platform sent this value masked: there is nothing to reveal or to verify. */
export function arrivedMasked(field: FieldKey, value: string): boolean {
  return maskOf(field, false).isHidden(value);
}

function maskOf(field: FieldKey, isVerified: boolean): Mask {
  const { document, phone, text } = MASKS[`${isVerified}`];
  if (field === 'id_card') return document;
  if (field === 'name' || field === 'contact_person') return personMask;
  if (field === 'address') return addressMask;
  switch (FIELDS[field].kind) {
    case 'phone':
      return phone;
    case 'email':
      return emailMask;
    case 'date':
      return dateMask;
    default:
      return text;
  }
}

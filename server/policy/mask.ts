import { FIELDS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import { addressMask } from './masks/address.ts';
import { documentMask } from './masks/document.ts';
import { emailMask } from './masks/email.ts';
import { phoneMask } from './masks/phone.ts';
import type { Mask } from './masks/shape.ts';
import { dateMask, personMask, textMask } from './masks/text.ts';

const PHONE = phoneMask('shown');
const PHONE_WITHOUT_TAIL = phoneMask('hidden');

/**
 * A value as a viewer sees it who may know that it exists but not what it is. A value that arrived
 * masked is left alone.
 *
 * @param isVerified true where the viewer may check the last four: then the mask hides those too.
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
  if (field === 'id_card') return documentMask;
  if (field === 'name' || field === 'contact_person') return personMask;
  if (field === 'address') return addressMask;
  switch (FIELDS[field].kind) {
    case 'phone':
      return isVerified ? PHONE_WITHOUT_TAIL : PHONE;
    case 'email':
      return emailMask;
    case 'date':
      return dateMask;
    default:
      return textMask;
  }
}

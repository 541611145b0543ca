import { asciiWidths, withoutInvisible } from '#contract/characters.ts';

/** A piece of an e-mail field; where it is an address, that alone. */
export interface EmailPart {
  text: string;
  address: string | undefined;
}

/** Code units: a few addresses of the longest. */
const MAX_FIELD_LENGTH = 1000;
const SEPARATOR = /([\s,;|<>"，；、]+)/;
const DOMAIN = /^[\p{L}\p{N}.-]+$/u;

/** The addresses of a field and what stands between them. Masked ones, "暂无" and "-" are no address. */
export function emailParts(field: string): EmailPart[] {
  if (field.length > MAX_FIELD_LENGTH) return [{ text: field, address: undefined }];
  return field
    .split(SEPARATOR)
    .filter((text) => text !== '')
    .map((text) => ({ text, address: addressIn(text) }));
}

/** RFC 6068: what an address may hold and a URL may not is encoded. */
export function mailtoOf(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  return `mailto:${encodeURIComponent(local)}@${encodeURIComponent(domain)}`;
}

function addressIn(text: string): string | undefined {
  const address = asciiWidths(withoutInvisible(text));
  const [local = '', domain = '', ...more] = address.split('@');
  const isDomain = DOMAIN.test(domain) && domain.slice(1, -1).includes('.');
  return local !== '' && isDomain && more.length === 0 && !local.includes('*') ? address : undefined;
}

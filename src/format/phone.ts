import { readPhoneNumber, splitPhones } from '#contract/phone.ts';

/** A piece of a phone field as it is shown; where it is a number, what to dial. */
export interface PhonePart {
  text: string;
  /** As it was written, without the groups: what is copied. */
  written: string;
  dial: string | undefined;
  isMobile: boolean;
}

const MOBILE_GROUPS = /^(.*)(\d{3})(\d{4})(\d{4})$/;
/** "父亲13812341234", "13812341234(办)": whose it is stands beside the number. */
const LABELLED = /^([^\d+(]*)([+(]?\d.*\d)(\D*)$/;
/** Numbers inside a house: four to six digits, and the emergency's three. */
const MOST_LABELLED = 60;
const SHORT = /^\d{3,6}$/;

/** The numbers of a field and what stands between them. Masked numbers and words stay as they are. */
export function phoneParts(field: string): PhonePart[] {
  const parts = splitPhones(field);
  if (parts.length === 1 && SHORT.test(field.trim())) return [{ ...plain(field), dial: field.trim() }];
  return parts.flatMap((part, at) => (at % 2 === 0 ? partsOf(part) : [plain(part)]));
}

/** "137 1234 5678" and "+86 137 1234 5678"; masked, foreign and land-line numbers stay as they are. */
export function formatPhone(field: string): string {
  return phoneParts(field)
    .map(({ text }) => text)
    .join('');
}

/** The first thing in a sentence that can be dialled: "Card office, 010-6278 0000 (9–17)". */
export function phoneIn(text: string): string | undefined {
  const [found] = /\+?\d[\d ()-]{5,40}\d/.exec(text) ?? [];
  return found === undefined ? undefined : phoneParts(found).find(({ dial }) => dial !== undefined)?.dial;
}

function partsOf(text: string): PhonePart[] {
  const whole = numberOf(text);
  if (whole !== undefined) return [whole];
  const [, before = '', core = '', after = ''] =
    text.length > MOST_LABELLED ? [] : (LABELLED.exec(text) ?? []);
  const number = numberOf(core);
  return number === undefined
    ? [plain(text)]
    : [plain(before), number, plain(after)].filter(({ text }) => text !== '');
}

function numberOf(text: string): PhonePart | undefined {
  const number = readPhoneNumber(text.trim());
  if (number === undefined) return undefined;
  const { dial, isMobile, extension } = number;
  const [, country = '', ...groups] = MOBILE_GROUPS.exec(dial) ?? [];
  const isGrouped = isMobile && extension === '' && groups.length > 0;
  const shown = isGrouped ? [country, ...groups].filter((part) => part !== '').join(' ') : text;
  return { text: shown, written: text.trim(), dial, isMobile };
}

function plain(text: string): PhonePart {
  return { text, written: text, dial: undefined, isMobile: false };
}

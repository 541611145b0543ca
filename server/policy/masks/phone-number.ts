const COUNTRY = /^(\(\s*\+?\s*86\s*\)|(?:\+|00)\s*86|86(?=[\s-]*1\d{2}(?:(?:[\s-]*\d{4}){2}$|\*{4})))[\s-]*/;
const EXTENSION = /\s*(?:-|转|分机|ext\.?|x|#)\s*(\d{1,6})$/i;
const SEPARATED_AREA = /^(\(0?\d{2,3}\)|0?\d{2,3}(?=[\s-]))[\s-]*/;
/** Two digits after the zero only for 010 and 02x: every other area code has three. */
const JOINED_AREA = /^(0(?:10|2\d)|0[3-9]\d{2})(?=\d{7,8}$)/;

/** A phone number in the parts that a mask treats differently. */
export interface PhoneNumber {
  /** Country code, and the area code or the first three digits of a mobile, as written. */
  readonly lead: string;
  /** How many digits stand between `lead` and `tail`. */
  readonly between: number;
  /** The last four. */
  readonly tail: string;
  /** As written, with what joins it: "转8012". */
  readonly extension: string;
}

/** @returns undefined for what is no phone number. */
export function readPhoneNumber(text: string): PhoneNumber | undefined {
  const [country, national] = splitCountry(text);
  const mobile = digitsOf(national);
  if (mobile !== undefined && /^1\d{10}$/.test(mobile)) {
    return { lead: country + mobile.slice(0, 3), between: 4, tail: mobile.slice(-4), extension: '' };
  }
  const landline = readLandline(national);
  if (landline !== undefined) return { ...landline, lead: country + landline.lead };

  const foreign = digitsOf(text.replace(/[+().]/g, ''));
  if (foreign === undefined || foreign.length < 8) return undefined;
  return { lead: '', between: 4, tail: foreign.slice(-4), extension: '' };
}

/** China's country code as written, and the rest. */
export function splitCountry(text: string): [country: string, national: string] {
  const country = COUNTRY.exec(text)?.[0] ?? '';
  return [country, text.slice(country.length)];
}

function readLandline(text: string): PhoneNumber | undefined {
  for (const extension of [EXTENSION.exec(text), null]) {
    const number = extension === null ? text : text.slice(0, extension.index);
    const lead = (JOINED_AREA.exec(number) ?? SEPARATED_AREA.exec(number))?.[0] ?? '';
    const local = digitsOf(number.slice(lead.length));
    if (local === undefined || !/^[2-9]\d{6,7}$/.test(local)) continue;
    return { lead, between: local.length - 4, tail: local.slice(-4), extension: extension?.[0] ?? '' };
  }
  return undefined;
}

/** The digits of a number that is grouped by spaces or hyphens; undefined when it holds anything else. */
function digitsOf(text: string): string | undefined {
  return /^[\d\s-]+$/.test(text) ? text.replace(/\D/g, '') : undefined;
}

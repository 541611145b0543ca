import type { Member } from '#contract/member.ts';
import { emailParts } from './email.ts';
import { phoneParts } from './phone.ts';

const FOLD_AT_OCTETS = 75;
/** Code points of a value, and lines of one kind: what is in a QR code has to fit (2,953 octets). */
const MAX_TEXT_LENGTH = 100;
const MAX_WAYS = 4;
/** Of an e-mail address (RFC 5321, 4.5.3.1.3). */
const MAX_ADDRESS_LENGTH = 254;

/**
 * A member as a contact card that phones take in (vCard 3.0, RFC 2426; UTF-8, CRLF, folded). Holds
 * only what a contact needs; masked numbers stay out.
 */
export function memberVCard(member: Member): string {
  const name = cut(member.name ?? '');
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    // Chinese names are not split into family and given name: which is which cannot be told for sure.
    `N:${escapeText(name)};;;;`,
    `FN:${escapeText(name)}`,
    property('ORG', [member.college, member.profession ?? member.class].map(cut)),
    property('TITLE', [cut(member.job_title ?? member.identity_title)]),
    ...phoneParts(member.telephone ?? '')
      .filter(({ dial }) => dial !== undefined)
      .slice(0, MAX_WAYS)
      .map(({ dial, isMobile }) => property(`TEL;TYPE=${isMobile ? 'CELL' : 'VOICE'}`, [dial])),
    ...emailParts(member.email ?? '')
      .filter(({ address = '' }) => address !== '' && address.length <= MAX_ADDRESS_LENGTH)
      .slice(0, MAX_WAYS)
      .map(({ address }) => property('EMAIL;TYPE=INTERNET', [address])),
    'END:VCARD',
  ];
  return lines
    .filter((line) => line !== undefined)
    .map((line) => `${fold(line)}\r\n`)
    .join('');
}

function property(name: string, parts: (string | undefined)[]): string | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length > 0 ? `${name}:${known.map(escapeText).join(';')}` : undefined;
}

function cut<T extends string | undefined>(text: T): T | string {
  if (text === undefined || text.length <= MAX_TEXT_LENGTH) return text;
  const kept = Array.from(text.slice(0, 2 * MAX_TEXT_LENGTH)).slice(0, MAX_TEXT_LENGTH);
  return kept.join('');
}

function escapeText(text: string): string {
  return text.replace(/[\\,;]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');
}

/** No line past 75 octets, and no character cut in two. */
function fold(line: string): string {
  const parts: string[] = [];
  let start = 0;
  let at = 0;
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0) ?? 0);
    if (octets + size > FOLD_AT_OCTETS) {
      parts.push(line.slice(start, at));
      start = at;
      // The space that a folded line begins with.
      octets = 1;
    }
    octets += size;
    at += character.length;
  }
  return [...parts, line.slice(start)].join('\r\n ');
}

/** In UTF-8. */
function octetsOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

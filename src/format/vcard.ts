import type { Member } from '#contract/member.ts';
import { dialable } from './phone.ts';

const FOLD_AT_OCTETS = 75;

/**
 * A member as a contact card that phones take in (vCard 3.0, RFC 2426; UTF-8, CRLF, folded). Holds
 * only what a contact needs; masked numbers stay out.
 */
export function memberVCard(member: Member): string {
  const name = member.name ?? '';
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    // Chinese names are not split into family and given name: which is which cannot be told for sure.
    `N:${escapeText(name)};;;;`,
    `FN:${escapeText(name)}`,
    property('ORG', [member.college, member.profession ?? member.class]),
    property('TITLE', [member.job_title ?? member.identity_title]),
    property('TEL;TYPE=CELL', [dialable(member.telephone)]),
    property('EMAIL;TYPE=INTERNET', [isMasked(member.email) ? undefined : member.email]),
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

function escapeText(text: string): string {
  return text.replace(/[\\,;]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');
}

function isMasked(text = ''): boolean {
  return text.includes('*');
}

/** No line past 75 octets, and no character cut in two. */
function fold(line: string): string {
  const encoder = new TextEncoder();
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > FOLD_AT_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

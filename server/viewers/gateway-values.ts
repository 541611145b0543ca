import { Failure } from '#server/failure.ts';
import { groupName } from '#server/policy/groups.ts';

/** A distinguished name of LDAP fits. */
const MAX_ID_LENGTH = 256;
const MAX_NAME_LENGTH = 64;

/** What servers and languages write where there is nobody. Apache has "(null)" for a variable that is not set. */
const NOBODY = new Set(
  'null none nil undefined unknown anon anonymous anonymoususer nobody n/a 匿名 匿名用户 未知'.split(' '),
);
const MARKS_AROUND = /^[\s("'<[{]+|[\s)"'>\]}]+$/g;

/** Whether a value stands for nobody: no letter and no digit in it, or a word for nobody, in any marks. */
export function isNobody(value: string): boolean {
  return !/[\p{L}\p{N}]/u.test(value) || NOBODY.has(value.replace(MARKS_AROUND, '').toLowerCase());
}

/**
 * Who the viewer is. The whole value is one name: that of LDAP has commas.
 *
 * @param bytes a header's value as Node tells it.
 * @returns undefined for nobody.
 * @throws Failure `invalid` for what cannot be one name.
 */
export function readId(bytes: string): string | undefined {
  const id = decode(bytes).normalize('NFC').trim();
  if (isNobody(id)) return undefined;
  const isPlain = id.length <= MAX_ID_LENGTH && !/[\p{Cc}\p{Cf}\ufffd]/u.test(id);
  if (!isPlain) throw new Failure('invalid', { reason: 'unreadable-gateway-header' });
  return id;
}

/** What a person is called, for the eye alone: undefined where that is not told, or cannot be read. */
export function readName(bytes: string): string | undefined {
  const name = decode(bytes)
    .normalize('NFC')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  if (isNobody(name) || name.includes('\ufffd')) return undefined;
  return Array.from(name).slice(0, MAX_NAME_LENGTH).join('');
}

/**
 * A viewer's groups, however many: a JSON array, or names with a separator between them.
 *
 * @param separator undefined: a comma or a semicolon.
 */
export function readGroups(bytes: string, separator: string | undefined): string[] {
  const text = decode(bytes);
  const groups = readArray(text) ?? text.split(separator ?? /[,;]/);
  return groups.map(groupName).filter((group) => !isNobody(group));
}

function readArray(text: string): string[] | undefined {
  if (!/^\s*\[/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : undefined;
  } catch {
    // A name may begin with a bracket.
    return undefined;
  }
}

/** Node reads header bytes as Latin-1; gateways write UTF-8. */
function decode(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

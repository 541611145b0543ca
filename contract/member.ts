import { readCodeWord, readIdList } from './codes.ts';
import { FIELD_ALIASES, FIELD_KEYS, FIELDS, isFieldKey } from './fields.ts';
import type { FieldKey, FieldKind } from './fields.ts';
import { isRecord } from './json.ts';
import { isNoDate } from './stamp.ts';

/** The most code units of a value: nothing that a person reads is longer, and what is gets cut and an ellipsis. */
const MAX_VALUE_LENGTH = 1000;
/** Organisations or roles of one member. */
const MAX_IDS = 1000;

/** What a value of each kind is once it was read: codes that are known are numbers, everything else is text. */
interface KindValue {
  text: string;
  /** "1" other, "2" student, "3" staff, "4" alumni: the search's classification. */
  identity: string;
  /** 0 unknown, 1 male, 2 female; any other as it came. */
  gender: number | string;
  /** 0 or 1 where it is known (entrust_status), the platform documents no other values; any other as it came. */
  status: number | string;
  /** Organisation or role ids. */
  ids: number[];
  /** "20020319", or as `readStamp` can read it, or as it came. */
  date: string;
  /** "2019-12-31 12:00:00", Asia/Shanghai assumed, and so on. */
  datetime: string;
  phone: string;
  email: string;
  /** https, http, protocol-relative or a bare path. */
  image: string;
}

export type FieldValue<K extends FieldKey = FieldKey> = KindValue[(typeof FIELDS)[K]['kind']];

/** A member as the platform tells it. A field that it withheld or left empty is absent. */
export type MemberFields = { -readonly [K in FieldKey]?: FieldValue<K> };

export interface Member extends MemberFields {
  /** The relay's opaque reference, with which the member can be looked up again. */
  ref?: string;
  /** Fields that were sent and could not be read: they are not empty, though there is nothing to show. */
  unreadable?: FieldKey[];
}

interface Reading {
  readonly key: FieldKey;
  readonly kind: FieldKind;
  /** A field's own name goes before any other that it may come under. */
  readonly isOwn: boolean;
}

/** Name in a reply → how it is read. */
const READINGS = new Map<string, Reading>([
  ...FIELD_KEYS.map((key) => [key, { key, kind: FIELDS[key].kind, isOwn: true }] as const),
  ...Object.entries(FIELD_ALIASES).map(
    ([alias, key]) => [alias, { key, kind: FIELDS[key].kind, isOwn: false }] as const,
  ),
]);

/**
 * Reads one entry of a `userlist`: scalars as string or number, lists as list, as one or missing, unknown
 * fields left out. Surrounding spaces go. Null, "", [], the words for nothing and dates that are none are the
 * same as absent: the platform does not tell "not granted" from "empty".
 *
 * @returns undefined when the entry is not an object.
 */
export function parseMember(entry: unknown): Member | undefined {
  if (!isRecord(entry)) return undefined;
  const member: Record<string, unknown> = {};
  const unreadable: FieldKey[] = [];
  // By what is there, not by what could be: thousands of namesakes come with a third of the fields each.
  for (const name of Object.keys(entry)) {
    const reading = READINGS.get(name);
    if (reading === undefined || (!reading.isOwn && reading.key in member)) continue;
    if (isNothing(entry[name], reading.kind)) continue;
    const value = readValue(reading, entry[name]);
    if (value === undefined) unreadable.push(reading.key);
    else member[reading.key] = value;
  }
  if (unreadable.length > 0) member.unreadable = unreadable;
  const ref = readText(entry.ref);
  if (ref !== undefined) member.ref = ref;
  return member;
}

/** A copy of `member` with only the named fields, and its `ref`. */
export function pickFields(member: Member, keys: Iterable<FieldKey>): Member {
  const kept = new Set<string>(keys);
  const entries = Object.entries(member).filter(([key]) => !isFieldKey(key) || kept.has(key));
  return Object.fromEntries(entries);
}

/** What programs write where they have nothing. "Null" is a surname. */
const NOTHING = new Set(['', 'null', 'NULL', '(null)', 'undefined', 'NaN']);

function isNothing(raw: unknown, kind: FieldKind): boolean {
  if (raw === undefined || raw === null) return true;
  if (Array.isArray(raw)) return raw.length === 0;
  if (typeof raw !== 'string' && typeof raw !== 'number') return false;
  const text = String(raw).trim();
  return NOTHING.has(text) || ((kind === 'date' || kind === 'datetime') && isNoDate(text, kind));
}

function readValue({ key, kind }: Reading, raw: unknown): string | number | number[] | undefined {
  if (kind === 'ids') {
    const ids = readIdList(raw, MAX_IDS);
    return ids.length > 0 ? ids : undefined;
  }
  const isCode = kind === 'gender' || kind === 'status';
  const text = isCode && typeof raw === 'boolean' ? String(raw) : readText(raw);
  return isCode && text !== undefined ? readCodeWord(key, text) : text;
}

/**
 * Any text that comes from outside, or a number, without surrounding spaces and no longer than a value may be.
 *
 * @returns undefined for nothing, and for a number past 2^53, which has lost digits: a wrong card number is worse than none.
 */
export function readText(raw: unknown): string | undefined {
  const isExact = typeof raw === 'number' && Number.isFinite(raw) && Math.abs(raw) <= Number.MAX_SAFE_INTEGER;
  if (isExact) return String(raw);
  if (typeof raw !== 'string') return undefined;
  return cut(raw.trim()) || undefined;
}

/** No character is cut in two. */
function cut(text: string): string {
  if (text.length <= MAX_VALUE_LENGTH) return text;
  return `${text.slice(0, MAX_VALUE_LENGTH - 1).replace(/[\ud800-\udbff]$/, '')}\u2026`;
}

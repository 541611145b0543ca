import { FIELD_ALIASES, FIELD_KEYS, FIELDS, isFieldKey } from './fields.ts';
import type { FieldKey, FieldKind } from './fields.ts';
import { isRecord } from './json.ts';

/** What a value of each kind is once it was read: codes are numbers, everything else is text. */
interface KindValue {
  text: string;
  /** "1" other, "2" student, "3" staff, "4" alumni: the search's classification. */
  identity: string;
  /** 0 unknown, 1 male, 2 female. */
  gender: number;
  /** 0 or 1 where it is known (entrust_status); the platform documents no other values. */
  status: number;
  /** Organisation or role ids. */
  ids: number[];
  /** "20020319" */
  date: string;
  /** "2019-12-31 12:00:00", Asia/Shanghai assumed. */
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
 * Reads one entry of a `userlist`: scalars as string or number, lists as list or missing, unknown
 * fields left out. Surrounding spaces go. Null, "" and [] are the same as absent: the platform does
 * not tell "not granted" from "empty".
 *
 * @returns undefined when the entry is not an object.
 */
export function parseMember(entry: unknown): Member | undefined {
  if (!isRecord(entry)) return undefined;
  const member: Record<string, unknown> = {};
  // By what is there, not by what could be: thousands of namesakes come with a third of the fields each.
  for (const name of Object.keys(entry)) {
    const reading = READINGS.get(name);
    if (reading === undefined || (!reading.isOwn && reading.key in member)) continue;
    const value = readValue(reading.kind, entry[name]);
    if (value !== undefined) member[reading.key] = value;
  }
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

function readValue(kind: FieldKind, raw: unknown): string | number | number[] | undefined {
  if (raw === undefined || raw === null || raw === '') return undefined;
  switch (kind) {
    case 'ids':
      return readIds(raw);
    case 'gender':
    case 'status':
      return readInteger(raw);
    default:
      return readText(raw);
  }
}

/** A number past 2^53 has lost digits: a wrong card number is worse than none. */
function readText(raw: unknown): string | undefined {
  const isExact = typeof raw === 'number' && Number.isFinite(raw) && Math.abs(raw) <= Number.MAX_SAFE_INTEGER;
  if (isExact) return String(raw);
  if (typeof raw !== 'string') return undefined;
  return raw.trim() || undefined;
}

function readInteger(raw: unknown): number | undefined {
  const text = readText(raw);
  if (text === undefined || !/^-?\d{1,15}$/.test(text)) return undefined;
  return Number(text);
}

function readIds(raw: unknown): number[] | undefined {
  if (!Array.isArray(raw)) return undefined;
  const ids = raw.map(readInteger).filter((id) => id !== undefined);
  return ids.length > 0 ? ids : undefined;
}

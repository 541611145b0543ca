import { isRecord } from '#contract/json.ts';
import { FIELDS, isFieldKey } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import { readFaults } from './faults.ts';
import type { Fault, FaultInput } from './faults.ts';
import { Invalid } from './invalid.ts';

/** Settings with a closed set of values; the first is the default, and what the platform's pages say. */
const CHOICES = {
  /** How a field looks that the application was not granted. */
  notGranted: ['absent', 'null', 'empty'],
  /** How a search says that nobody matches. */
  nobody: ['emptyList', 'code40007', 'noList'],
  /** A search's classification. */
  identityType: ['string', 'number'],
  /** Whether numbers (errcode, gender, statuses, ids) come as numbers or as text. */
  numbers: ['numbers', 'strings'],
  /** Whether text that looks like a number (a grade, a card number) comes as text or as a number. */
  texts: ['strings', 'numbers'],
  /** What validity is called: the field table says `start_at`, the change log `start_time`. */
  validityNames: ['start_at', 'start_time'],
  /** The shape of a refused token call. */
  tokenErrors: ['errcode', 'oauth'],
  /** The type of `expires_in`. */
  expiresIn: ['number', 'string'],
  /** Whether a search's members come as a list, or as an object: the one member, or several by number. */
  userlist: ['list', 'object'],
  /** How a body is written, and how it is packed though nobody asked for that. */
  charset: ['utf-8', 'gbk'],
  contentEncoding: ['none', 'gzip', 'deflate'],
  /** Whether a web page of another origin may call: no page of the platform's says. */
  cors: ['none', 'any'],
  /** Where an application that is not switched on is told so. */
  notEnabledAt: ['calls', 'token'],
} as const;

const SWITCHES = {
  /** A new token makes the application's older ones invalid (40005). */
  newTokenKillsOld: false,
  /** Members have fields besides that no page tells of. */
  extraFields: false,
  /** Chinese as `\uXXXX`. */
  escapeUnicode: false,
  /** The people of `messy.ts` are there, too: names and values as schools write them. */
  messyCampus: false,
} as const;

/** Whole numbers: the default, the least, the most. */
const NUMBERS = {
  tokenLifetimeSeconds: [7200, 1, 86_400],
  wxcodeLifetimeSeconds: [300, 1, 3600],
  /** The HTTP status of refused calls, and of refused token calls. */
  errorStatus: [200, 200, 599],
  tokenErrorStatus: [200, 200, 599],
} as const;

type Choices = { -readonly [K in keyof typeof CHOICES]: (typeof CHOICES)[K][number] };
type Switches = { -readonly [K in keyof typeof SWITCHES]: boolean };
type Numbers = { -readonly [K in keyof typeof NUMBERS]: number };

export interface Settings extends Choices, Switches, Numbers {
  /** Replaces every application's grants; null leaves them as registered. */
  granted: FieldKey[] | null;
  /** Who is authorised without being asked, as inside WeChat; null shows the page. */
  signInAs: string | null;
  /** What goes wrong; the first fault that fits a call happens. */
  faults: Fault[];
}

/** A patch as a caller may send it: any of the settings. */
export type SettingsPatch = Partial<Omit<Settings, 'faults'>> & { faults?: readonly FaultInput[] };

function mapValues<K extends string, V, W>(record: Record<K, V>, map: (value: V) => W): Record<K, W> {
  return Object.fromEntries(Object.entries<V>(record).map(([key, value]) => [key, map(value)])) as Record<
    K,
    W
  >;
}

export function defaultSettings(): Settings {
  return {
    ...(mapValues(CHOICES, ([first]) => first) as Choices),
    ...SWITCHES,
    ...mapValues(NUMBERS, ([usual]) => usual),
    granted: null,
    signInAs: null,
    faults: [],
  };
}

/**
 * Lays a patch from outside over `current`.
 *
 * @throws Invalid naming the setting and what it may be; nothing is changed then.
 */
export function mergeSettings(current: Settings, patch: unknown): Settings {
  if (!isRecord(patch)) throw new Invalid('settings must be a JSON object');
  const read = Object.entries(patch).map(([name, value]) => [name, readSetting(name, value)] as const);
  return { ...current, ...Object.fromEntries(read) };
}

function readSetting(name: string, value: unknown): unknown {
  if (isKeyOf(CHOICES, name)) {
    const choices: readonly unknown[] = CHOICES[name];
    return choices.includes(value) ? value : fail(name, `one of ${CHOICES[name].join(', ')}`);
  }
  if (isKeyOf(SWITCHES, name)) return typeof value === 'boolean' ? value : fail(name, 'true or false');
  if (isKeyOf(NUMBERS, name)) {
    const [, least, most] = NUMBERS[name];
    const fits = Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
    return fits ? value : fail(name, `a whole number from ${least} to ${most}`);
  }
  if (name === 'granted') return value === null ? null : readGranted(value);
  if (name === 'signInAs') {
    return value === null || typeof value === 'string' ? value : fail(name, 'a card number, or null');
  }
  if (name === 'faults') return readFaults(value);
  const known = Object.keys(defaultSettings()).join(', ');
  throw new Invalid(`there is no setting "${name}"; there are ${known}`);
}

function readGranted(value: unknown): FieldKey[] {
  const fits = (key: unknown): key is FieldKey =>
    typeof key === 'string' && isFieldKey(key) && FIELDS[key].grant === 'apply';
  return Array.isArray(value) && value.every(fits)
    ? value
    : fail('granted', 'a list of "apply" fields, or null');
}

function isKeyOf<T extends object>(record: T, key: string): key is keyof T & string {
  return Object.hasOwn(record, key);
}

function fail(name: string, expected: string): never {
  throw new Invalid(`"${name}" must be ${expected}`);
}

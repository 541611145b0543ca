import { FIELD_KEYS, FIELDS } from '#contract/fields.ts';
import type { FieldKey, FieldKind } from '#contract/fields.ts';
import type { Application } from '../applications.ts';
import type { CampusMember } from '../campus/campus.ts';
import { resolvePhoto } from '../campus/photos.ts';
import type { Settings } from './settings.ts';

interface Telling {
  readonly application: Application;
  readonly settings: Readonly<Settings>;
  readonly origin: string;
  /** What `identity_type` holds: a search's classification, or the school's own identity id. */
  readonly identity: 'classification' | 'id';
}

const EXTRA_FIELDS = {
  user_id: 90071,
  ext: { level: 2, tags: ['a', null] },
  constructor: 'no member of a member',
};

/** A member as this application is told of them: the grants and the settings applied. */
export function tellMember(member: CampusMember, telling: Telling): Record<string, unknown> {
  const told: Record<string, unknown> = {};
  const { settings } = telling;
  for (const key of FIELD_KEYS) {
    const value = isGranted(key, telling) ? tellValue(key, member, telling) : withheld(key, settings);
    if (value !== undefined) told[wireName(key, settings)] = value;
  }
  return settings.extraFields ? { ...told, ...EXTRA_FIELDS } : told;
}

function isGranted(key: FieldKey, { application, settings }: Telling): boolean {
  if (FIELDS[key].grant !== 'apply') return true;
  return settings.granted === null ? application.granted.has(key) : settings.granted.includes(key);
}

function withheld(key: FieldKey, { notGranted }: Readonly<Settings>): unknown {
  if (notGranted === 'absent') return undefined;
  return notGranted === 'null' ? null : emptyOf(FIELDS[key].kind);
}

/** A field that has nothing recorded is there and empty; codes have no empty form but null. */
function emptyOf(kind: FieldKind): unknown {
  if (kind === 'ids') return [];
  return kind === 'gender' || kind === 'status' ? null : '';
}

function tellValue(key: FieldKey, { fields, identityId, raw = {} }: CampusMember, telling: Telling): unknown {
  if (Object.hasOwn(raw, key)) return raw[key];
  const { settings, origin, identity } = telling;
  if (key === 'identity_type') {
    const number = identity === 'id' ? identityId : Number(fields.identity_type);
    return settings.identityType === 'string' ? String(number) : number;
  }
  const value = fields[key];
  if (value === undefined) return emptyOf(FIELDS[key].kind);
  if (key === 'head_image') return resolvePhoto(String(value), origin);
  if (typeof value === 'string') return settings.texts === 'numbers' ? asNumber(value) : value;
  if (settings.numbers === 'numbers') return value;
  return Array.isArray(value) ? value.map(String) : String(value);
}

/** A number only where no zero and no digit is lost. */
function asNumber(text: string): string | number {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : text;
}

function wireName(key: FieldKey, { validityNames }: Readonly<Settings>): string {
  if (validityNames === 'start_at') return key;
  return key === 'start_at' ? 'start_time' : key === 'expire_at' ? 'expire_time' : key;
}

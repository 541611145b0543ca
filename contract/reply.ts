import { WECARD_CODE } from './errors.ts';
import { isFieldKey } from './fields.ts';
import type { FieldKey } from './fields.ts';
import { isRecord } from './json.ts';
import { parseMember, readText } from './member.ts';
import type { Member } from './member.ts';

/** What the relay says of the fields in this reply. A plain gateway says nothing. */
export interface Policy {
  /** The fields that the application was granted and this viewer may see. */
  granted?: FieldKey[];
  masked?: FieldKey[];
  revealable?: FieldKey[];
  verifiable?: FieldKey[];
  /** True: a reveal has to say why. */
  reasonRequired?: boolean;
  /** Who is looking, to be drawn over a member's page: empty where nobody signed in; absent without a watermark. */
  watermark?: string;
}

/** A search that was answered. No members: nobody was found. */
export interface SearchReply {
  members: Member[];
  /** False: the members hold only what a card shows; the rest is asked for by `ref`. */
  complete: boolean;
  policy: Policy;
  /** Organisation id → name, for the ids in this reply that have one. */
  organizations: Record<string, string>;
  /** Role id → name. */
  roles: Record<string, string>;
  /** The backend's clock, milliseconds since the epoch, where it tells it. */
  time?: number;
  /** The spelling that found them, where the backend asks for more than one. */
  searched?: string;
}

/** An answer that is no search reply; `errcode` where it told one. */
export interface UnreadableReply {
  errcode?: number;
  requestId?: string;
}

export type ParsedReply = { ok: true; reply: SearchReply } | ({ ok: false } & UnreadableReply);

/**
 * Reads whatever a gateway, the relay or the platform may send to a search.
 *
 * "Nobody found" has three documented and guessed forms (an empty list, 40007, no list at all): all
 * become an empty `members`. What cannot be a reply is `ok: false`, and never an empty result.
 *
 * @param body the parsed JSON (see `parseJson`).
 */
export function parseSearchReply(body: unknown): ParsedReply {
  if (!isRecord(body)) return { ok: false };
  const errcode = readCode(body.errcode);
  if (errcode === WECARD_CODE.CARD_NUMBER_UNKNOWN) return { ok: true, reply: replyOf([], body) };
  if (errcode !== undefined && errcode !== WECARD_CODE.OK) {
    const requestId = typeof body.request_id === 'string' ? body.request_id : undefined;
    return { ok: false, errcode, ...(requestId === undefined ? {} : { requestId }) };
  }
  const list = body.userlist;
  if (list === undefined || list === null) {
    return errcode === undefined ? { ok: false } : { ok: true, reply: replyOf([], body) };
  }
  const entries = entriesOf(list);
  const members = entries?.map(parseMember).filter((member) => member !== undefined) ?? [];
  const isSomebody = members.some(isIdentified);
  if (entries === undefined || (entries.length > 0 && !isSomebody)) return { ok: false };
  return { ok: true, reply: replyOf(members.filter(isIdentified), body) };
}

/** An `errcode` as number or as text; anything else is no code. */
export function readCode(raw: unknown): number | undefined {
  if (typeof raw === 'number' && Number.isInteger(raw)) return raw;
  if (typeof raw === 'string' && /^\s*-?\d{1,9}\s*$/.test(raw)) return Number(raw);
  return undefined;
}

/** A list; some backends make an object of one that has gaps or a single entry. */
function entriesOf(list: unknown): unknown[] | undefined {
  if (Array.isArray(list)) return list as unknown[];
  if (!isRecord(list)) return undefined;
  const only = parseMember(list);
  if (only !== undefined && isIdentified(only)) return [list];
  const entries = Object.values(list);
  return entries.length > 0 ? entries : undefined;
}

function isIdentified(member: Member): boolean {
  return member.name !== undefined || member.card_number !== undefined;
}

function replyOf(members: Member[], body: Record<string, unknown>): SearchReply {
  return {
    members,
    complete: body.complete !== false,
    policy: readPolicy(body.policy),
    organizations: readNames(body.organizations),
    roles: readNames(body.roles),
    ...(isTime(body.time) ? { time: body.time } : {}),
    ...(typeof body.searched === 'string' ? { searched: body.searched } : {}),
  };
}

/** What a `Date` can hold. */
function isTime(raw: unknown): raw is number {
  return typeof raw === 'number' && Math.abs(raw) <= 8.64e15;
}

function readPolicy(raw: unknown): Policy {
  const policy: Policy = {};
  if (!isRecord(raw)) return policy;
  for (const part of ['granted', 'masked', 'revealable', 'verifiable'] as const) {
    const keys = raw[part];
    if (Array.isArray(keys)) {
      policy[part] = keys.filter((key): key is FieldKey => typeof key === 'string' && isFieldKey(key));
    }
  }
  if (raw.reasonRequired === true) policy.reasonRequired = true;
  if (typeof raw.watermark === 'string') policy.watermark = raw.watermark;
  return policy;
}

function readNames(raw: unknown): Record<string, string> {
  if (!isRecord(raw)) return {};
  const names = Object.entries(raw).map(([id, name]) => [id, readText(name)] as const);
  return Object.fromEntries(names.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

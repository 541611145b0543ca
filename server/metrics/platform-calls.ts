import { WECARD_CODE } from '#contract/errors.ts';
import { isRecord } from '#contract/json.ts';
import { readCode } from '#contract/reply.ts';
import type { UpstreamAnswer } from '#server/wecard/transport.ts';

/** The platform's calls by path, as metrics name them. */
const CALLS = {
  'cgi-bin/oauth2/token': 'token',
  'cgi-bin/user/search': 'search',
  'cgi-bin/org/get-org-by-ids': 'organizations',
  'cgi-bin/campus/school-info': 'school',
  'connect/oauth2/token': 'sign-in-token',
  'connect/oauth/get-user-info': 'sign-in-user',
} as const;

export type CallName = (typeof CALLS)[keyof typeof CALLS] | 'other';

export const CALL_NAMES: readonly CallName[] = [...Object.values(CALLS), 'other'];

/**
 * How a call ended: `ok`; no answer in time; none that can be read (`upstream`); too many at once, or told to wait (`busy`);
 * a status that is no success; one of the platform's documented codes, or another one.
 */
export const CALL_OUTCOMES = [
  'ok',
  'timeout',
  'upstream',
  'busy',
  'http-status',
  'other-code',
  ...Object.values(WECARD_CODE)
    .filter((code) => code !== WECARD_CODE.OK && code !== WECARD_CODE.CARD_NUMBER_UNKNOWN)
    .map(String),
] as const;

export type CallOutcome = (typeof CALL_OUTCOMES)[number];

export function callNameOf(path: string): CallName {
  return Object.hasOwn(CALLS, path) ? CALLS[path as keyof typeof CALLS] : 'other';
}

/** As `wecard/calls.ts` and `wecard/token-fetch.ts` judge it, for every call alike. */
export function callOutcomeOf({ status, body }: Pick<UpstreamAnswer, 'status' | 'body'>): CallOutcome {
  if (!isRecord(body)) return 'upstream';
  const code = readCode(body.errcode);
  const isCode = code !== undefined && code !== WECARD_CODE.OK && code !== WECARD_CODE.CARD_NUMBER_UNKNOWN;
  // Some answers carry OAuth's error in place of a code (RFC 6749).
  if (isCode || (body.error !== undefined && body.error !== null)) {
    return CALL_OUTCOMES.includes(String(code)) ? String(code) : 'other-code';
  }
  return status >= 300 ? 'http-status' : 'ok';
}

import { WECARD_CODE } from '#contract/errors.ts';
import { isRecord } from '#contract/json.ts';
import { readCode } from '#contract/reply.ts';
import { codeOfOAuthError } from '#server/wecard/token-fetch.ts';
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

/** As `wecard/calls.ts`, `wecard/token-fetch.ts` and `sign-in/platform-login.ts` judge it. */
export function callOutcomeOf(
  call: CallName,
  { status, body }: Pick<UpstreamAnswer, 'status' | 'body'>,
): CallOutcome {
  if (!isRecord(body)) return 'upstream';
  const code = readCode(body.errcode) ?? codeOfOAuthError(body.error) ?? WECARD_CODE.OK;
  if (code !== WECARD_CODE.OK && code !== WECARD_CODE.CARD_NUMBER_UNKNOWN) {
    return CALL_OUTCOMES.includes(String(code)) ? String(code) : 'other-code';
  }
  if (status >= 300) return 'http-status';
  const isForToken = call === 'token' || call === 'sign-in-token';
  const hasToken = typeof body.access_token === 'string' && body.access_token !== '';
  return isForToken && !hasToken ? 'upstream' : 'ok';
}

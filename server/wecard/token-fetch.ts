import { WECARD_CODE } from '#contract/errors.ts';
import { isRecord } from '#contract/json.ts';
import { readCode } from '#contract/reply.ts';
import { Failure } from '#server/failure.ts';
import type { Token } from './token.ts';
import type { Transport } from './transport.ts';

const TOKEN_TIMEOUT_MS = 10_000;
/** Seconds: what the platform's pages name, for an answer that does not. */
const DEFAULT_LIFE = 7200;

/** The application, as the platform registered it, and the subject that it serves. */
export interface Credentials {
  appKey: string;
  appSecret: string;
  ocode: string;
}

/**
 * Asks for an application token (cloud.tencent.com/document/api/1523/87715). Success has no errcode; an error has
 * one, or OAuth's `error`; a 200 without a token is a failure too.
 */
export async function fetchToken(transport: Transport, credentials: Credentials): Promise<Token> {
  const { status, body } = await transport.post({
    path: 'cgi-bin/oauth2/token',
    body: {
      app_key: credentials.appKey,
      app_secret: credentials.appSecret,
      grant_type: 'client_credentials',
      scope: 'base',
      ocode: credentials.ocode,
    },
    timeoutMs: TOKEN_TIMEOUT_MS,
  });
  if (!isRecord(body)) throw new Failure('upstream', { reason: 'token: not an object' });
  const code = readCode(body.errcode) ?? codeOfOAuthError(body.error);
  if (code !== undefined && code !== WECARD_CODE.OK) throw failureOfTokenCode(code);
  if (status >= 300) throw new Failure('upstream', { reason: `token: HTTP ${status}` });
  if (typeof body.access_token !== 'string' || body.access_token === '') {
    throw new Failure('upstream', { reason: 'token: missing' });
  }
  return { value: body.access_token, expiresIn: readLife(body.expires_in) };
}

/** Some clients of the platform read RFC 6749's error body (5.2) instead of its own; -1 for its other words. */
export function codeOfOAuthError(error: unknown): number | undefined {
  if (error === undefined || error === null) return undefined;
  if (error === 'invalid_client' || error === 'unauthorized_client') {
    return WECARD_CODE.APP_KEY_OR_SECRET_INVALID;
  }
  // A code of a sign-in that is unknown, used up or late.
  return error === 'invalid_grant' ? WECARD_CODE.WXCODE_INVALID : -1;
}

/** Whoever searched sent none of these parameters: only what concerns the school or the operator keeps its code. */
function failureOfTokenCode(code: number): Failure {
  const reason = `token: code ${code}`;
  switch (code) {
    case WECARD_CODE.NOT_ENABLED:
      return new Failure('not-enabled', { errcode: code, reason: 'platform-code', rule: 'token' });
    case WECARD_CODE.PERMISSION_DENIED:
      return new Failure('forbidden', { errcode: code, reason: 'platform-code', rule: 'token' });
    case WECARD_CODE.APP_KEY_OR_SECRET_INVALID:
    case WECARD_CODE.OCODE_UNKNOWN:
      return new Failure('upstream', { errcode: code, reason });
    default:
      return new Failure('upstream', { reason });
  }
}

function readLife(raw: unknown): number {
  const seconds = typeof raw === 'string' ? Number(raw) : raw;
  return typeof seconds === 'number' && seconds > 0 && Number.isFinite(seconds) ? seconds : DEFAULT_LIFE;
}

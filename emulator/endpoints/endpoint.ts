import { WECARD_CODE } from '#contract/errors.ts';
import type { Application } from '../applications.ts';
import type { Answer } from '../platform/answer.ts';
import type { Platform } from '../platform/platform.ts';
import { Refusal } from '../platform/refusal.ts';

/** One call, as far as an endpoint needs to know it. */
export interface Call {
  readonly platform: Platform;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Endpoint {
  readonly methods: readonly ('GET' | 'HEAD' | 'POST')[];
  /** @throws Refusal for an error code. */
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

/** @throws Refusal 40009 when it is not there, 40010 when it is no text. */
export function requireText(body: Call['body'], name: string): string {
  const value = body[name];
  if (value === undefined || value === null || value === '') {
    throw new Refusal(WECARD_CODE.PARAMETER_MISSING, name);
  }
  if (typeof value !== 'string') throw new Refusal(WECARD_CODE.PARAMETER_WRONG, name);
  return value;
}

/** The token of the query, or of the body: both are in use. */
export function accessToken({ query, body }: Call): string {
  const inBody = typeof body.access_token === 'string' ? body.access_token : '';
  return query.get('access_token') ?? inBody;
}

/** Whose token this is. @throws Refusal for a bad token, and 40018 when the school has not switched it on. */
export function requireApplication(call: Call): Application {
  const application = call.platform.appTokens.holderOf(accessToken(call));
  if (!application.enabled) throw new Refusal(WECARD_CODE.NOT_ENABLED);
  return application;
}

/** The same, and it may read the school's directory: @throws Refusal 40008 when it may not. */
export function requireDirectory(call: Call): Application {
  const application = requireApplication(call);
  if (!application.directory) throw new Refusal(WECARD_CODE.PERMISSION_DENIED);
  return application;
}

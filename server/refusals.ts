/**
 * Why a request was refused, for the operator's log: a closed set, in which each reason has one cure
 * (docs/operations.md). A refusal tells no name, number or value of anybody.
 */
export const REFUSAL_REASONS = [
  // The request itself.
  'unreadable-request',
  'ambiguous-request',
  'slow-request',
  'long-headers',
  'long-body',
  'not-json',
  'unreadable-body',
  'unexpected-fields',
  'nothing-there',
  'foreign-request',
  'other-host',
  // Who is asking.
  'not-signed-in',
  'untrusted-gateway-header',
  'ambiguous-gateway-header',
  'unreadable-gateway-header',
  'gateway-names-nobody',
  'wrong-kind-of-viewer',
  'enrolment-code',
  'sign-in-declined',
  'sign-in-stale',
  'sign-in-at-kiosk',
  'other-school',
  // What they asked for.
  'no-profile',
  'search-not-allowed',
  'field-not-allowed',
  'photos-not-allowed',
  'no-value',
  'no-purpose',
  'keyword',
  'last-four',
  'reference',
  'record-gone',
  'limit',
  // What stands behind.
  'platform-code',
  'platform-said-wait',
  'too-many-calls',
  'audit-log-not-writable',
  'kiosks-not-readable',
  'shared-state-away',
  'shutting-down',
] as const;

export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** A reason, and what of the request or the settings it is about: names that the operator or the app gave. */
export interface Refusal {
  readonly reason: RefusalReason;
  /** The header's name. */
  readonly header?: string | undefined;
  readonly came?: 'missing' | 'different';
  /** Which profile, kind, limit or form: `registry`, `kiosk`, `address`, `too-long`. */
  readonly rule?: string | undefined;
}

const REFUSAL_BY_STATUS: Readonly<Partial<Record<number, Refusal>>> = {
  404: { reason: 'nothing-there' },
  408: { reason: 'slow-request' },
  413: { reason: 'long-body' },
  415: { reason: 'not-json', header: 'content-type' },
  431: { reason: 'long-headers' },
};

/** Where the server's parser or the framework refuses by status. */
export function refusalOfStatus(status: number): Refusal | undefined {
  if (status < 400 || status >= 500) return undefined;
  return REFUSAL_BY_STATUS[status] ?? { reason: 'unreadable-request' };
}

import { HTTP_STATUS, WECARD_CODE, failureKind } from '#contract/errors.ts';
import type { FailureKind } from '#contract/errors.ts';
import type { Refusal } from './refusals.ts';

/** What a lookup can fail with on this side of the wire; each has its status. */
export type RelayFailureKind = keyof typeof HTTP_STATUS;

/** What the platform, or the way there, did; everything else is a refusal, and says why. */
type PlatformFailureKind = 'upstream' | 'timeout';
type RefusalKind = Exclude<RelayFailureKind, PlatformFailureKind>;

/** Told to whoever asks. Never the platform's words, which may quote what was searched. */
const WORDS: Readonly<Record<RelayFailureKind, string>> = {
  invalid: 'The request cannot be understood.',
  'signed-out': 'Sign in first.',
  forbidden: 'This is not allowed.',
  'not-enabled': 'The school has not switched this application on.',
  'set-up': 'This request did not come as the app sends it.',
  limited: 'Too many lookups. Go on later.',
  upstream: 'The campus card platform did not answer as it must.',
  busy: 'The service is busy. Try again soon.',
  timeout: 'The campus card platform did not answer in time.',
};

const PLATFORM_CODES = new Set<number>(Object.values(WECARD_CODE));

interface FailureDetails {
  /** The platform's code, where it is one that its pages document. */
  errcode?: number;
  /** Seconds until it is worth trying again. */
  retryAfter?: number;
  /** Words of our own in place of the kind's. Never anything that came from outside. */
  words?: string;
  /** For the log: what happened, in one word. */
  reason?: string;
}

/** One of the closed set in place of any word. */
type RefusalDetails = Omit<FailureDetails, 'reason'> & Refusal;

/** The one way in which a lookup fails: a kind of the closed set, with the code that the reply carries. */
export class Failure extends Error {
  readonly kind: RelayFailureKind;
  readonly status: number;
  readonly errcode: number;
  readonly retryAfter: number | undefined;
  readonly reason: string | undefined;
  /** Names that say more, for the log. */
  readonly about: Omit<Refusal, 'reason'>;

  constructor(kind: PlatformFailureKind, details?: FailureDetails);
  constructor(kind: RefusalKind, details: RefusalDetails);
  constructor(kind: RelayFailureKind, details: FailureDetails & Partial<RefusalDetails> = {}) {
    super(details.words ?? WORDS[kind]);
    this.name = 'Failure';
    this.kind = kind;
    this.status = HTTP_STATUS[kind];
    this.errcode = details.errcode ?? this.status;
    this.retryAfter = details.retryAfter ?? (kind === 'busy' ? 1 : undefined);
    this.reason = details.reason;
    const { header, came, rule } = details;
    this.about = { ...(header && { header }), ...(came && { came }), ...(rule && { rule }) };
  }

  /** @returns what `parse` makes the same failure of, in another relay. */
  stringify(): string {
    const { kind, errcode, retryAfter, message: words, reason, about } = this;
    return JSON.stringify({ kind, errcode, retryAfter, words, reason, ...about });
  }

  /** @returns undefined for what no relay of this version writes. */
  static parse(text: string): Failure | undefined {
    const { kind, ...details } = JSON.parse(text) as { kind: PlatformFailureKind } & FailureDetails;
    return Object.hasOwn(HTTP_STATUS, kind) ? new Failure(kind, details) : undefined;
  }

  /** For the log. */
  describe(): object {
    const { kind, errcode, status, reason } = this;
    return { kind, ...(reason && { reason }), ...this.about, ...(errcode === status ? {} : { errcode }) };
  }
}

/** What a code of the platform's means to whoever searched. Codes that nobody documented are not passed on. */
export function failureOfCode(code: number): Failure {
  if (!PLATFORM_CODES.has(code)) return new Failure('upstream', { reason: `code ${code}` });
  const kind = failureKind({ errcode: code });
  return isRefusal(kind)
    ? new Failure(kind, { errcode: code, reason: 'platform-code' })
    : new Failure('upstream', { errcode: code, reason: 'platform-code' });
}

function isRefusal(kind: FailureKind): kind is RefusalKind {
  return kind in HTTP_STATUS && kind !== 'upstream' && kind !== 'timeout';
}

import { HTTP_STATUS, WECARD_CODE, failureKind } from '#contract/errors.ts';

/** What a lookup can fail with on this side of the wire; each has its status. */
export type RelayFailureKind = keyof typeof HTTP_STATUS;

/** Told to whoever asks. Never the platform's words, which may quote what was searched. */
const WORDS: Readonly<Record<RelayFailureKind, string>> = {
  invalid: 'The request cannot be understood.',
  'signed-out': 'Sign in first.',
  forbidden: 'This is not allowed.',
  'not-enabled': 'The school has not switched this application on.',
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

/** The one way in which a lookup fails: a kind of the closed set, with the code that the reply carries. */
export class Failure extends Error {
  readonly kind: RelayFailureKind;
  readonly status: number;
  readonly errcode: number;
  readonly retryAfter: number | undefined;
  readonly reason: string | undefined;

  constructor(kind: RelayFailureKind, details: FailureDetails = {}) {
    super(details.words ?? WORDS[kind]);
    this.name = 'Failure';
    this.kind = kind;
    this.status = HTTP_STATUS[kind];
    this.errcode = details.errcode ?? this.status;
    this.retryAfter = details.retryAfter ?? (kind === 'busy' ? 1 : undefined);
    this.reason = details.reason;
  }
}

/** What a code of the platform's means to whoever searched. Codes that nobody documented are not passed on. */
export function failureOfCode(code: number): Failure {
  if (!PLATFORM_CODES.has(code)) return new Failure('upstream', { reason: `code ${code}` });
  const kind = failureKind({ errcode: code });
  if (kind === 'offline' || kind === 'internal') return new Failure('upstream', { errcode: code });
  return new Failure(kind, { errcode: code });
}

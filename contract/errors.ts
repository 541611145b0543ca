/** The platform's error codes, as its pages number them (cloud.tencent.com/document/api/1523). */
export const WECARD_CODE = {
  OK: 0,
  APP_KEY_OR_SECRET_INVALID: 40001,
  TOKEN_EXPIRED: 40002,
  WXCODE_INVALID: 40003,
  TOKEN_INVALID: 40005,
  OCODE_UNKNOWN: 40006,
  CARD_NUMBER_UNKNOWN: 40007,
  PERMISSION_DENIED: 40008,
  PARAMETER_MISSING: 40009,
  PARAMETER_WRONG: 40010,
  NOT_ENABLED: 40018,
} as const;

/** The closed set of what can go wrong with a lookup, in the app's terms. */
export const FAILURE_KINDS = [
  'invalid',
  'signed-out',
  'forbidden',
  'not-enabled',
  'set-up',
  'limited',
  'upstream',
  'busy',
  'timeout',
  'offline',
  'internal',
] as const;

export type FailureKind = (typeof FAILURE_KINDS)[number];

const KIND_BY_WECARD_CODE: Readonly<Partial<Record<number, FailureKind>>> = {
  [WECARD_CODE.WXCODE_INVALID]: 'signed-out',
  [WECARD_CODE.PERMISSION_DENIED]: 'forbidden',
  [WECARD_CODE.PARAMETER_MISSING]: 'invalid',
  [WECARD_CODE.PARAMETER_WRONG]: 'invalid',
  [WECARD_CODE.NOT_ENABLED]: 'not-enabled',
};

const KIND_BY_HTTP_STATUS: Readonly<Partial<Record<number, FailureKind>>> = {
  400: 'invalid',
  401: 'signed-out',
  403: 'forbidden',
  413: 'invalid',
  415: 'invalid',
  422: 'invalid',
  429: 'limited',
  503: 'busy',
  504: 'timeout',
};

/** The status that each kind is answered with; the two that only a browser can meet have none. */
export const HTTP_STATUS: Readonly<Record<Exclude<FailureKind, 'offline' | 'internal'>, number>> = {
  invalid: 400,
  'signed-out': 401,
  forbidden: 403,
  'not-enabled': 403,
  'set-up': 403,
  limited: 429,
  upstream: 502,
  busy: 503,
  timeout: 504,
};

/** Whether a code is of the platform's own numbering; the relay's own codes are HTTP's. */
export function isPlatformCode(errcode: number | undefined): boolean {
  return errcode !== undefined && errcode >= 1000;
}

/**
 * What a failed answer means. An `errcode` of the platform's own says more than the status; the
 * relay's own codes are the status. An answer that nobody documented, a 200 that cannot be read
 * included, is `upstream`; a refusal that nobody documented, or no answer, is `internal`.
 */
export function failureKind(answer: { errcode?: number; status?: number }): FailureKind {
  const { errcode, status } = answer;
  if (errcode !== undefined && isPlatformCode(errcode)) return KIND_BY_WECARD_CODE[errcode] ?? 'upstream';
  const known = KIND_BY_HTTP_STATUS[errcode ?? status ?? 0];
  if (known !== undefined) return known;
  const isRefusal = status === undefined || (status >= 400 && status < 500);
  return isRefusal && errcode === undefined ? 'internal' : 'upstream';
}

/** An answer that is no success, as it came. */
export interface FailedAnswer {
  status: number;
  errcode?: number | undefined;
  /** HTML, where JSON was asked for. */
  isPage: boolean;
  /** It says itself that the request was changed on its way (`PROBLEM`). */
  isAltered: boolean;
}

/** What a failed answer means, whoever on the way gave it. */
export function kindOfAnswer({ status, errcode, isPage, isAltered }: FailedAnswer): FailureKind {
  const answered = errcode === undefined || errcode === 0 ? {} : { errcode };
  // A success that cannot be read: a proxy's page, a reply that was cut.
  if (status < 400 && !('errcode' in answered)) return 'upstream';
  // A gateway's own refusal says nothing of this viewer's account.
  if (status === 403 && (isPage || isAltered)) return 'set-up';
  return failureKind({ ...answered, status });
}

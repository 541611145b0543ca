import type { FieldKey } from './fields.ts';
import type { MemberFields } from './member.ts';
import type { Policy } from './reply.ts';

/** The static header that every call of the app carries: no plain HTML form can send it. */
export const REQUESTED_WITH = { name: 'X-Requested-With', value: 'wecard-lookup' } as const;

/** A new search by keyword, or one member again by the relay's reference. */
export type SearchRequest = { keywords: string } | { ref: string };

/** A search as it is answered: the platform's own envelope, and what the relay adds. */
export interface SearchAnswer {
  errcode: 0;
  errmsg: string;
  userlist: (MemberFields & { ref?: string })[];
  complete?: boolean;
  policy?: Policy;
  organizations?: Record<string, string>;
  roles?: Record<string, string>;
}

/** A failure as it is answered, beside an HTTP status. */
export interface FailureAnswer {
  errcode: number;
  errmsg: string;
  request_id: string;
}

/** One masked value in full, where policy allows it. */
export interface RevealRequest {
  ref: string;
  field: FieldKey;
  reason?: string;
}

export interface RevealAnswer {
  errcode: 0;
  errmsg: string;
  value: string;
}

/** Checks the last four of a value without showing it. */
export interface VerifyRequest {
  ref: string;
  field: FieldKey;
  answer: string;
}

export interface VerifyAnswer {
  errcode: 0;
  errmsg: string;
  match: boolean;
}

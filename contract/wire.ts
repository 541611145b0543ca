import type { FieldKey } from './fields.ts';
import type { MemberFields } from './member.ts';
import type { Policy } from './reply.ts';

/** The static header that every call of the app carries: no plain HTML form can send it. */
export const REQUESTED_WITH = { name: 'X-Requested-With', value: 'wecard-lookup' } as const;

/** With a 403: the request did not arrive as the app sends it, which says nothing of the viewer's account. */
export const PROBLEM = { name: 'X-Problem', setUp: 'set-up' } as const;

/** A new search by keyword, or one member again by the relay's reference. */
export type SearchRequest = { keywords: string } | { ref: string };

/** A search as it is answered: the platform's own envelope, and what the relay adds. */
export interface SearchAnswer {
  errcode: 0;
  errmsg: string;
  /** The relay's clock, milliseconds since the epoch: validity is judged by it, not by the device's. */
  time?: number;
  /** The spelling that found them: what was typed, or its cleaned form (see `spellingsOf`). */
  searched?: string;
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

/** Links of photos, which end after minutes, made anew for a page that is still open. */
export interface RenewPhotosRequest {
  links: string[];
}

/** The most links in one request. */
export const MAX_RENEWED_PHOTOS = 200;

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

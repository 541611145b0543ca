import { isRecord } from './json.ts';

/** Who a viewer can be: a person by the platform's classification, or an enrolled kiosk. */
export const VIEWER_KINDS = ['staff', 'student', 'alumni', 'other', 'kiosk'] as const;

export type ViewerKind = (typeof VIEWER_KINDS)[number];

/** How a keyword can be meant. */
export const SEARCH_KINDS = ['card-number', 'name'] as const;

export type SearchKind = (typeof SEARCH_KINDS)[number];

export interface SessionViewer {
  kind: ViewerKind;
  searches: SearchKind[];
  /** What a gateway calls them. */
  name?: string;
}

/** Who is looking, as the relay tells the app. */
export interface SessionAnswer {
  errcode: 0;
  errmsg: string;
  /** Null: nobody is signed in. */
  viewer: SessionViewer | null;
  /** Where a browser goes to sign in, relative to the app's base; empty where nobody has to. */
  signInUrl: string;
  /** Whether there is something to sign out of. */
  canSignOut: boolean;
  /** Where a browser goes once it is signed out here: a whole address, or a path of the host; empty: nowhere. */
  signOutUrl: string;
  /** Milliseconds until the session is over if nothing is done; null where there is none that ends. */
  expiresIn: number | null;
  /** In the demonstration: the kinds of viewer that can be tried. */
  demoKinds: ViewerKind[];
}

/** @returns undefined when `raw` is not what the relay answers to `GET /api/session`. */
export function parseSessionAnswer(raw: unknown): SessionAnswer | undefined {
  if (!isRecord(raw) || raw.errcode !== 0 || !Array.isArray(raw.demoKinds)) return undefined;
  if (raw.viewer !== null && !isRecord(raw.viewer)) return undefined;
  return raw as unknown as SessionAnswer;
}

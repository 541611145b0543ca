/** Who a viewer can be: a person by the platform's classification, or an enrolled kiosk. */
export const VIEWER_KINDS = ['staff', 'student', 'alumni', 'other', 'kiosk'] as const;

export type ViewerKind = (typeof VIEWER_KINDS)[number];

/** How a keyword can be meant. */
export const SEARCH_KINDS = ['card-number', 'name'] as const;

export type SearchKind = (typeof SEARCH_KINDS)[number];

/** Who is looking, as the relay tells the app. */
export interface SessionAnswer {
  errcode: 0;
  errmsg: string;
  /** Null: nobody is signed in. */
  viewer: { kind: ViewerKind; searches: SearchKind[] } | null;
  /** Where a browser goes to sign in, relative to the app's base; empty where the app cannot begin it. */
  signInUrl: string;
  /** Whether there is something to sign out of. */
  canSignOut: boolean;
  /** Milliseconds until the session is over if nothing is done; null where there is none that ends. */
  expiresIn: number | null;
  /** In the demonstration: the kinds of viewer that can be tried. */
  demoKinds: ViewerKind[];
}

/** Asks the demonstration for another kind of viewer. */
export interface DemoViewerRequest {
  kind: ViewerKind;
}

/** An operator's one-time code, as it was typed at the kiosk. */
export interface KioskEnrolRequest {
  code: string;
}

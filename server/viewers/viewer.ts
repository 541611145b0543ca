/** Who is looking: a person by the platform's classification, or an enrolled kiosk. */
export const VIEWER_KINDS = ['staff', 'student', 'alumni', 'other', 'kiosk'] as const;

export type ViewerKind = (typeof VIEWER_KINDS)[number];

export interface Viewer {
  /** Stable and opaque to the app: a card number, a gateway's user name, a kiosk's device id. Never logged as it is. */
  readonly id: string;
  readonly kind: ViewerKind;
  /** Groups that a gateway names; empty elsewhere. */
  readonly groups: readonly string[];
}

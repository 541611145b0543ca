import type { ViewerKind } from '#contract/session.ts';

export { VIEWER_KINDS } from '#contract/session.ts';
export type { ViewerKind };

/** Who is looking: a person by the platform's classification, or an enrolled kiosk. */
export interface Viewer {
  /** Stable and opaque to the app: a card number, a gateway's user name, a kiosk's device id. Never logged as it is. */
  readonly id: string;
  readonly kind: ViewerKind;
  /** What a gateway calls them, for their own eye. Never logged. */
  readonly name?: string;
  /** Groups of the policy that a gateway names; empty elsewhere. */
  readonly groups: readonly string[];
  /** Without a sign-in: the id tells viewers apart, and is nobody's name. */
  readonly anonymous?: true;
}

/** Tells viewers apart, also a person whom a gateway names as a kiosk is named. What somebody is to the school may change. */
export function viewerKey({ kind, id }: Viewer): string {
  return `${kind === 'kiosk' ? 'kiosk' : 'person'} ${id}`;
}

import type { FieldKey } from '#contract/fields.ts';
import type { Member } from '#contract/member.ts';
import type { Policy } from '#contract/reply.ts';
import type { Viewer } from '#server/viewers/viewer.ts';

/** What one viewer may be sent. */
export interface View {
  /** A copy that holds only what this viewer may see, masked where they may see only that much. */
  show(member: Member): Member;
  /** What the reply says of its fields; `granted` are the fields that the application was granted, where that is known. */
  policy(granted: readonly FieldKey[] | undefined): Policy;
}

/** Decides per viewer. */
export type ViewFor = (viewer: Viewer) => View;

/** Everything that the platform tells. */
export const FULL_VIEW: View = {
  show: (member) => ({ ...member }),
  policy: (granted) => (granted === undefined ? {} : { granted: [...granted] }),
};

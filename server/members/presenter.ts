import { CARD_FIELDS, FIELD_KEYS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import { pickFields } from '#contract/member.ts';
import type { Member } from '#contract/member.ts';
import type { SearchAnswer } from '#contract/wire.ts';
import type { RecordKey } from '#contract/record.ts';
import type { Clock } from '#server/clock.ts';
import { disclose, policyOf } from '#server/policy/disclosure.ts';
import type { AccessPolicy, Profile } from '#server/policy/profile.ts';
import { viewerKey } from '#server/viewers/viewer.ts';
import type { Viewer } from '#server/viewers/viewer.ts';
import type { Organizations } from './organizations.ts';
import type { Disclosure } from './with-audit.ts';
import { recordKeysOf } from './records.ts';
import type { Refs } from './refs.ts';

export interface Presented {
  answer: SearchAnswer;
  disclosure: Disclosure;
}

/** Makes answers of what the platform told: only here do members become what a viewer is sent. */
export interface Presenter {
  nobody(): Presented;
  /** @param record its key; undefined where nothing finds it again. */
  complete(
    member: Member,
    record: RecordKey | undefined,
    viewer: Viewer,
    profile: Profile,
  ): Promise<Presented>;
  /** What a card shows of each. */
  cards(members: readonly Member[], viewer: Viewer, profile: Profile): Presented;
}

export interface PresenterParts {
  refs: Refs;
  organizations: Organizations;
  /** The URL under which a viewer's browser gets a photo; undefined when it must not get it. */
  photoUrl: (headImage: string, viewer: Viewer) => string | undefined;
  /** The fields that the application was granted, where the operator says so. */
  granted: readonly FieldKey[] | undefined;
  /** Names the roles. */
  policy: Pick<AccessPolicy, 'roles'>;
  clock: Clock;
}

const OK = { errcode: 0, errmsg: 'ok' } as const;

export function createPresenter(parts: PresenterParts): Presenter {
  const { refs, organizations, photoUrl, granted, policy, clock } = parts;

  function present(member: Member, record: RecordKey | undefined, viewer: Viewer, profile: Profile): Member {
    const shown = disclose(member, profile);
    if (shown.head_image !== undefined) {
      const url = photoUrl(shown.head_image, viewer);
      if (url === undefined) delete shown.head_image;
      else shown.head_image = url;
    }
    // Sealed from what the platform told: a viewer who may not see card numbers can still open a member.
    if (record !== undefined) shown.ref = refs.seal(record, viewerKey(viewer));
    return shown;
  }

  /** The viewer is named to nobody but themselves, and to whoever is shown their screen. */
  const watermark = ({ id, anonymous }: Viewer, profile: Profile) =>
    profile.watermark ? { watermark: anonymous ? '' : id } : {};

  return {
    nobody: () => ({
      answer: { ...OK, time: clock(), userlist: [], complete: true },
      disclosure: { members: [], count: 0, fields: [] },
    }),

    async complete(member, record, viewer, profile) {
      const shown = present(member, record, viewer, profile);
      const answer: SearchAnswer = {
        ...OK,
        time: clock(),
        userlist: [shown],
        complete: true,
        policy: { ...policyOf(profile, [member], granted), ...watermark(viewer, profile) },
        organizations: await organizations.namesOf(shown.organization ?? []),
        roles: namesOfRoles(shown.role ?? [], policy.roles),
      };
      return { answer, disclosure: disclosureOf([member], [shown]) };
    },

    cards(members, viewer, profile) {
      const cards = members.map((member) => pickFields(member, CARD_FIELDS));
      const records = recordKeysOf(members);
      const shown = cards.map((card, at) => present(card, records[at], viewer, profile));
      const answer: SearchAnswer = {
        ...OK,
        time: clock(),
        userlist: shown,
        complete: false,
        policy: { ...policyOf(profile, cards, granted), ...watermark(viewer, profile) },
      };
      return { answer, disclosure: disclosureOf(members, shown) };
    },
  };
}

function disclosureOf(members: readonly Member[], shown: readonly Member[]): Disclosure {
  return {
    members: members.map(({ card_number, name }) => card_number ?? name).filter((key) => key !== undefined),
    count: members.length,
    fields: FIELD_KEYS.filter((field) => shown.some((member) => member[field] !== undefined)),
  };
}

function namesOfRoles(
  ids: readonly number[],
  names: Readonly<Record<string, string>>,
): Record<string, string> {
  const known = ids.map((id) => [String(id), names[id]]).filter(([, name]) => name !== undefined);
  return Object.fromEntries(known) as Record<string, string>;
}

import { CARD_FIELDS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import { pickFields } from '#contract/member.ts';
import type { Member } from '#contract/member.ts';
import type { SearchAnswer } from '#contract/wire.ts';
import { Failure } from '#server/failure.ts';
import type { Viewer } from '#server/viewers/viewer.ts';
import type { Directory } from './directory.ts';
import type { Organizations } from './organizations.ts';
import type { Refs } from './refs.ts';
import type { View, ViewFor } from './view.ts';

/** Lookups as one viewer gets them answered. Each rejects with a `Failure`. */
export interface Members {
  /** @param keyword cleaned. One hit comes complete, several with what a card shows. */
  search(viewer: Viewer, keyword: string): Promise<SearchAnswer>;
  /** The member that a reference from an earlier answer stands for, complete; an empty answer when they are gone. */
  open(viewer: Viewer, ref: string): Promise<SearchAnswer>;
}

export interface MembersParts {
  directory: Directory;
  refs: Refs;
  organizations: Organizations;
  viewFor: ViewFor;
  /** The URL under which a viewer's browser gets a photo; undefined when it must not get it. */
  photoUrl: (headImage: string, viewer: Viewer) => string | undefined;
  /** The fields that the application was granted, where the operator says so. */
  granted: readonly FieldKey[] | undefined;
  /** Role id → name, as the operator configured them. */
  roleNames: Readonly<Record<string, string>>;
}

export function createMembers(parts: MembersParts): Members {
  const { directory, refs, organizations, viewFor, photoUrl, granted, roleNames } = parts;

  function present(member: Member, viewer: Viewer, view: View): Member {
    const shown = view.show(member);
    if (shown.head_image !== undefined) {
      const url = photoUrl(shown.head_image, viewer);
      if (url === undefined) delete shown.head_image;
      else shown.head_image = url;
    }
    // Sealed from what the platform told: a viewer who may not see card numbers can still open a member.
    if (member.card_number !== undefined) shown.ref = refs.seal(member.card_number);
    return shown;
  }

  async function complete(member: Member, viewer: Viewer): Promise<SearchAnswer> {
    const view = viewFor(viewer);
    const shown = present(member, viewer, view);
    return {
      errcode: 0,
      errmsg: 'ok',
      userlist: [shown],
      complete: true,
      policy: view.policy(granted),
      organizations: await organizations.namesOf(shown.organization ?? []),
      roles: namesOfRoles(shown.role ?? [], roleNames),
    };
  }

  function cards(members: readonly Member[], viewer: Viewer): SearchAnswer {
    const view = viewFor(viewer);
    return {
      errcode: 0,
      errmsg: 'ok',
      userlist: members.map((member) => present(pickFields(member, CARD_FIELDS), viewer, view)),
      complete: false,
      policy: view.policy(granted),
    };
  }

  return {
    async search(viewer, keyword) {
      const members = await directory.find(keyword);
      const [only, another] = members;
      if (only === undefined) return nobody();
      return another === undefined ? complete(only, viewer) : cards(members, viewer);
    },

    async open(viewer, ref) {
      const cardNumber = refs.open(ref);
      if (cardNumber === undefined) {
        throw new Failure('invalid', {
          words: 'This reference is not valid here, or no longer. Search again.',
        });
      }
      const member = await directory.get(cardNumber);
      return member === undefined ? nobody() : complete(member, viewer);
    },
  };
}

function nobody(): SearchAnswer {
  return { errcode: 0, errmsg: 'ok', userlist: [], complete: true };
}

function namesOfRoles(
  ids: readonly number[],
  names: Readonly<Record<string, string>>,
): Record<string, string> {
  const known = ids.map((id) => [String(id), names[id]]).filter(([, name]) => name !== undefined);
  return Object.fromEntries(known) as Record<string, string>;
}

import type { Member } from '#contract/member.ts';
import type {
  RevealAnswer,
  RevealRequest,
  SearchAnswer,
  VerifyAnswer,
  VerifyRequest,
} from '#contract/wire.ts';
import { Failure } from '#server/failure.ts';
import type { LookupLimits } from '#server/limits/lookup-limits.ts';
import { fullValue } from '#server/policy/disclosure.ts';
import { endsIn, readAnswer } from '#server/policy/last-four.ts';
import { profileFor } from '#server/policy/profile.ts';
import type { AccessPolicy, Profile } from '#server/policy/profile.ts';
import { allowedHits, maySearch, searchKindOf } from '#server/policy/searches.ts';
import type { Tries } from '#server/policy/tries.ts';
import { admitted } from './admitted.ts';
import type { Asker } from './asker.ts';
import type { Directory } from './directory.ts';
import type { Presenter } from './presenter.ts';
import { recorded } from './recorded.ts';
import type { Disclosure, Occasion, Recorder } from './recorded.ts';
import type { Refs } from './refs.ts';

/** Lookups as one viewer gets them answered. Each rejects with a `Failure`. */
export interface Members {
  /** @param keyword cleaned. One hit comes complete, several with what a card shows. */
  search(asker: Asker, keyword: string): Promise<SearchAnswer>;
  /** The member that a reference from an earlier answer stands for, complete; an empty answer when they are gone. */
  open(asker: Asker, ref: string): Promise<SearchAnswer>;
  /** One value that the viewer was sent masked, in full. */
  reveal(asker: Asker, request: RevealRequest): Promise<RevealAnswer>;
  /** Whether a value ends in the four that were typed; tells nothing else. */
  verify(asker: Asker, request: VerifyRequest): Promise<VerifyAnswer>;
}

export interface MembersParts {
  directory: Directory;
  refs: Refs;
  presenter: Presenter;
  policy: AccessPolicy;
  limits: LookupLimits;
  tries: Tries;
  trail: Recorder;
}

const OK = { errcode: 0, errmsg: 'ok' } as const;

export function createMembers(parts: MembersParts): Members {
  const { directory, refs, presenter, policy, limits, tries, trail } = parts;

  /** Decides, asks, and writes down what came of it. */
  function lookup<T>(
    asker: Asker,
    occasion: Omit<Occasion, 'profile'>,
    allow: (profile: Profile) => { cardNumber?: string },
    work: (profile: Profile) => Promise<{ answer: T; disclosure: Disclosure }>,
  ): Promise<T> {
    const profile = profileFor(policy, asker.viewer);
    return recorded(trail, asker, { ...occasion, profile }, async () => {
      if (profile === undefined) throw new Failure('forbidden');
      const { cardNumber } = allow(profile);
      return admitted(limits, asker, profile, cardNumber, async () => {
        const result = await work(profile);
        return { people: result.disclosure.count, result };
      });
    });
  }

  function opened(cardNumber: string | undefined): string {
    if (cardNumber !== undefined) return cardNumber;
    throw new Failure('invalid', { words: 'This reference is not valid here, or no longer. Search again.' });
  }

  return {
    search(asker, keyword) {
      const allow = (profile: Profile) => {
        if (!maySearch(profile, keyword)) throw new Failure('forbidden', { words: 'Search by card number.' });
        return searchKindOf(keyword) === 'card-number' ? { cardNumber: keyword } : {};
      };
      return lookup(asker, { event: 'search', keyword }, allow, async (profile) => {
        const members = allowedHits(profile, keyword, await directory.find(keyword));
        const [only, another] = members;
        if (only === undefined) return presenter.nobody();
        if (another !== undefined) return presenter.cards(members, asker.viewer, profile);
        const { answer, disclosure } = await presenter.complete(only, asker.viewer, profile);
        return { answer, disclosure: { ...disclosure, isView: true } };
      });
    },

    open(asker, ref) {
      const cardNumber = refs.open(ref);
      return lookup(
        asker,
        { event: 'view', cardNumber },
        () => ({}),
        async (profile) => {
          const member = await directory.get(opened(cardNumber));
          return member === undefined
            ? presenter.nobody()
            : presenter.complete(member, asker.viewer, profile);
        },
      );
    },

    reveal(asker, { ref, field, reason = '' }) {
      const why = reason.trim();
      const named = refs.open(ref);
      const allow = (profile: Profile) => {
        if (!profile.revealable.has(field)) throw new Failure('forbidden');
        if (profile.reasonRequired && why === '')
          throw new Failure('invalid', { words: 'Say why you need it.' });
        return {};
      };
      const asked = { event: 'reveal', fields: [field], cardNumber: named } as const;
      const occasion = why === '' ? asked : { ...asked, reason: why };
      return lookup(asker, occasion, allow, async () => {
        const cardNumber = opened(named);
        const member = await directory.get(cardNumber);
        const value = member && fullValue(member, field);
        // Nothing there, or nothing but a mask: this viewer was not offered it.
        if (value === undefined) throw new Failure('forbidden');
        return { answer: { ...OK, value }, disclosure: { members: [cardNumber], count: 1, fields: [field] } };
      });
    },

    verify(asker, { ref, field, answer: typed }) {
      const named = refs.open(ref);
      const allow = (profile: Profile) => {
        if (!profile.verifiable.has(field)) throw new Failure('forbidden');
        return {};
      };
      return lookup(asker, { event: 'verify', fields: [field], cardNumber: named }, allow, async () => {
        const answer = readAnswer(typed);
        if (answer === undefined) throw new Failure('invalid', { words: 'Type the last four.' });
        const cardNumber = opened(named);
        const wait = await tries.take(asker.viewer.id, cardNumber, field);
        if (wait !== undefined) throw new Failure('limited', { retryAfter: wait, reason: 'tries' });
        const member: Member = (await directory.get(cardNumber)) ?? {};
        const match = endsIn(field, fullValue(member, field), answer);
        const outcome = match ? 'match' : 'no-match';
        return {
          answer: { ...OK, match },
          disclosure: { members: [cardNumber], count: 1, fields: [field], outcome },
        };
      });
    },
  };
}

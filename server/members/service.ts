import type { Member } from '#contract/member.ts';
import type {
  RevealAnswer,
  RevealRequest,
  SearchAnswer,
  VerifyAnswer,
  VerifyRequest,
} from '#contract/wire.ts';
import type { RecordKey } from '#contract/record.ts';
import type { Clock } from '#server/clock.ts';
import { Failure } from '#server/failure.ts';
import type { LookupLimits } from '#server/limits/lookup-limits.ts';
import type { VerifyAttempts } from '#server/limits/verify-attempts.ts';
import { fullValue } from '#server/policy/disclosure.ts';
import { endsIn, readAnswer } from '#server/policy/last-four.ts';
import { profileFor } from '#server/policy/profile.ts';
import type { AccessPolicy, Profile } from '#server/policy/profile.ts';
import { allowedHits, maySearch, searchKindOf } from '#server/policy/searches.ts';
import type { Recorder } from '#server/recorder.ts';
import type { RequestContext } from '#server/viewers/request-context.ts';
import { viewerKey } from '#server/viewers/viewer.ts';
import { withLimits } from './with-limits.ts';
import type { Directory } from './directory.ts';
import type { Presenter } from './presenter.ts';
import { TOTAL_TIMEOUT_MS } from '#server/wecard/calls.ts';
import { withAudit } from './with-audit.ts';
import type { Disclosure, LookupDetails } from './with-audit.ts';
import { recordKeysOf } from './records.ts';
import type { Refs } from './refs.ts';

/** Lookups as one viewer gets them answered. Each rejects with a `Failure`. */
export interface Members {
  /**
   * @param spellings of one keyword, as they are asked for until somebody is found; the last is the cleaned one.
   *   One hit comes complete, several with what a card shows.
   */
  search(context: RequestContext, spellings: readonly string[]): Promise<SearchAnswer>;
  /** The member that a reference from an earlier answer stands for, complete; an empty answer when they are gone. */
  open(context: RequestContext, ref: string): Promise<SearchAnswer>;
  /** One value that the viewer was sent masked, in full. */
  reveal(context: RequestContext, request: RevealRequest): Promise<RevealAnswer>;
  /** Whether a value ends in the four that were typed; tells nothing else. */
  verify(context: RequestContext, request: VerifyRequest): Promise<VerifyAnswer>;
}

export interface MembersParts {
  directory: Directory;
  refs: Refs;
  presenter: Presenter;
  policy: AccessPolicy;
  limits: LookupLimits;
  attempts: VerifyAttempts;
  recorder: Pick<Recorder, 'record' | 'recordRefusal'>;
  clock: Clock;
}

const OK = { errcode: 0, errmsg: 'ok' } as const;

/** @param wait seconds until there is another try at the last four; undefined where there is one. */
function refuseFor(wait: number | undefined): void {
  if (wait === undefined) return;
  throw new Failure('limited', { retryAfter: wait, reason: 'limit', rule: 'verify-attempts' });
}

function notAllowed(profile: Profile): Failure {
  return new Failure('forbidden', { reason: 'field-not-allowed', rule: profile.name });
}

export function createMembers(parts: MembersParts): Members {
  const { directory, refs, presenter, policy, limits, attempts, recorder, clock } = parts;

  /** Decides, asks, and writes down what came of it. */
  function lookup<T>(
    context: RequestContext,
    details: Omit<LookupDetails, 'profile'>,
    allow: (profile: Profile) => { cardNumber?: string },
    work: (profile: Profile) => Promise<{ answer: T; disclosure: Disclosure }>,
  ): Promise<T> {
    const profile = profileFor(policy, context.viewer);
    return withAudit(recorder, context, { ...details, profile }, async () => {
      if (profile === undefined) {
        throw new Failure('forbidden', { reason: 'no-profile', rule: context.viewer.kind });
      }
      const { cardNumber } = allow(profile);
      return withLimits(limits, context, profile, cardNumber, async () => {
        const result = await work(profile);
        return { people: result.disclosure.count, result };
      });
    });
  }

  function opened(record: RecordKey | undefined): RecordKey {
    if (record !== undefined) return record;
    throw new Failure('invalid', {
      reason: 'reference',
      words: 'This reference is not valid here, or no longer. Search again.',
    });
  }

  /** The record itself: nothing is revealed or checked of another one that resembles it. */
  async function memberBehind(record: RecordKey): Promise<Member> {
    const member = await directory.get(record);
    if (member !== undefined) return member;
    throw new Failure('invalid', {
      reason: 'record-gone',
      words: 'This person is no longer told by the platform. Search again.',
    });
  }

  /** What was typed, and only where that finds nobody its cleaned form, both before the time that one call has. */
  async function findFirst(profile: Profile, spellings: readonly string[]) {
    const endsAt = clock() + TOTAL_TIMEOUT_MS;
    for (const searched of spellings) {
      const members = allowedHits(profile, searched, await directory.find(searched, endsAt));
      if (members.length > 0) return { members, searched };
    }
    return { members: [], searched: '' };
  }

  return {
    search(context, spellings) {
      const keyword = spellings[spellings.length - 1] ?? '';
      const typed = spellings.length > 1 ? spellings[0] : undefined;
      const allow = (profile: Profile) => {
        if (!maySearch(profile, keyword)) {
          const words = 'Search by card number.';
          throw new Failure('forbidden', { reason: 'search-not-allowed', rule: profile.name, words });
        }
        return searchKindOf(keyword) === 'card-number' ? { cardNumber: keyword } : {};
      };
      return lookup(context, { event: 'search', keyword, typed }, allow, async (profile) => {
        const allowed = spellings.filter((spelling) => maySearch(profile, spelling));
        const { members, searched } = await findFirst(profile, allowed);
        const [only, another] = members;
        if (only === undefined) return presenter.nobody();
        if (another !== undefined) {
          const { answer, disclosure } = presenter.cards(members, context.viewer, profile);
          return { answer: { ...answer, searched }, disclosure };
        }
        const [record] = recordKeysOf(members);
        const { answer, disclosure } = await presenter.complete(only, record, context.viewer, profile);
        return { answer: { ...answer, searched }, disclosure: { ...disclosure, isView: true } };
      });
    },

    open(context, ref) {
      const named = refs.open(ref, viewerKey(context.viewer));
      return lookup(
        context,
        { event: 'view', asked: named?.keyword },
        () => ({}),
        async (profile) => {
          const record = opened(named);
          const member = await directory.get(record);
          return member === undefined
            ? presenter.nobody()
            : presenter.complete(member, record, context.viewer, profile);
        },
      );
    },

    reveal(context, { ref, field, reason = '' }) {
      const why = reason.trim();
      const named = refs.open(ref, viewerKey(context.viewer));
      const allow = (profile: Profile) => {
        if (!profile.revealable.has(field)) throw notAllowed(profile);
        if (profile.reasonRequired && why === '')
          throw new Failure('invalid', {
            reason: 'no-purpose',
            rule: profile.name,
            words: 'Say why you need it.',
          });
        return {};
      };
      const asked = { event: 'reveal', fields: [field], asked: named?.keyword } as const;
      const details = why === '' ? asked : { ...asked, reason: why };
      return lookup(context, details, allow, async () => {
        const record = opened(named);
        const value = fullValue(await memberBehind(record), field);
        // Nothing there, or nothing but a mask: this viewer was not offered it.
        if (value === undefined) throw new Failure('forbidden', { reason: 'no-value' });
        const disclosure = { members: [record.keyword], count: 1, fields: [field] };
        return { answer: { ...OK, value }, disclosure };
      });
    },

    verify(context, { ref, field, answer: typed }) {
      const named = refs.open(ref, viewerKey(context.viewer));
      const allow = (profile: Profile) => {
        if (!profile.verifiable.has(field)) throw notAllowed(profile);
        return {};
      };
      const asked = { event: 'verify', fields: [field], asked: named?.keyword } as const;
      return lookup(context, asked, allow, async () => {
        const answer = readAnswer(typed);
        if (answer === undefined) {
          throw new Failure('invalid', { reason: 'last-four', words: 'Type the last four.' });
        }
        const record = opened(named);
        const guess = [viewerKey(context.viewer), record.keyword, field] as const;
        refuseFor(await attempts.wait(...guess));
        const value = fullValue(await memberBehind(record), field);
        // Only where there is something to compare, and before it is: of guesses at once, each counts.
        refuseFor(await attempts.take(...guess));
        const match = endsIn(field, value, answer);
        const outcome = match ? 'match' : 'no-match';
        return {
          answer: { ...OK, match },
          disclosure: { members: [record.keyword], count: 1, fields: [field], outcome },
        };
      });
    },
  };
}

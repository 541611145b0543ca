import { shallowRef, watch } from 'vue';
import { defineStore } from 'pinia';
import type { Member } from '#contract/member.ts';
import type { SearchReply } from '#contract/reply.ts';
import { toLookupFailure } from '../api/failure.ts';
import type { LookupFailure } from '../api/failure.ts';
import { useServices } from '../app/services.ts';
import { isLocalId } from '../platform/local-id.ts';
import { useSearchStore } from './search.ts';

/** A member, and what the reply said of its fields. `complete` false: no more than its card yet. */
export interface MemberDetails extends Omit<SearchReply, 'members'> {
  member: Member;
}

export type MemberState =
  | { status: 'idle' }
  | { status: 'loading'; id: string; known: MemberDetails | undefined }
  | { status: 'done'; id: string; details: MemberDetails }
  | { status: 'missing'; id: string }
  | { status: 'failed'; id: string; failure: LookupFailure; known: MemberDetails | undefined };

/** The one member whose page is open. */
export const useMemberStore = defineStore('member', () => {
  const { api, cards } = useServices();
  const search = useSearchStore();
  const state = shallowRef<MemberState>({ status: 'idle' });
  let running = new AbortController();

  /**
   * Shows what the search already told, and asks for the rest where that was not everything. Nothing
   * is asked twice: a member that was just looked at is still there.
   */
  async function open(id: string): Promise<void> {
    if (state.value.status === 'done' && state.value.id === id) return;
    const known = detailsFromSearch(id);
    if (known !== undefined) keepForReload(id, known.member);
    if (known?.complete) {
      running.abort();
      state.value = { status: 'done', id, details: known };
      return;
    }
    state.value = { status: 'loading', id, known };
    await ask(id, known);
  }

  async function retry(how?: 'quietly'): Promise<void> {
    const current = state.value;
    if (current.status !== 'failed') return;
    const { id, known } = current;
    if (how !== 'quietly') state.value = { status: 'loading', id, known };
    await ask(id, known);
  }

  async function ask(id: string, known: MemberDetails | undefined): Promise<void> {
    running.abort();
    const { signal } = (running = new AbortController());
    const cardNumber = cards.find(id);
    if (cardNumber === undefined && isLocalId(id)) {
      state.value = { status: 'missing', id };
      return;
    }
    try {
      const request = cardNumber === undefined ? { ref: id } : { keywords: cardNumber };
      const details = pick(await api.search(request, signal), cardNumber);
      if (signal.aborted) return;
      state.value = details ? { status: 'done', id, details } : { status: 'missing', id };
    } catch (thrown) {
      const failure = toLookupFailure(thrown);
      const before = state.value;
      const isSame = before.status === 'failed' && before.failure.kind === failure.kind;
      if (!signal.aborted && !isSame) state.value = { status: 'failed', id, failure, known };
      if (!signal.aborted) noticeSignedOut(failure);
    }
  }

  function detailsFromSearch(id: string): MemberDetails | undefined {
    const hit = search.findHit(id);
    if (hit === undefined || search.results === undefined) return undefined;
    const { complete, policy, organizations, roles } = search.results;
    return { member: hit.member, complete, policy, organizations, roles };
  }

  /** A member with a `ref` is found again by it; any other by the card number that this tab keeps. */
  function keepForReload(id: string, { card_number: cardNumber }: Member) {
    if (isLocalId(id) && cardNumber !== undefined) cards.keep(id, cardNumber);
  }

  function clear() {
    running.abort();
    state.value = { status: 'idle' };
  }

  /** Whoever was signed in may have left, in another tab or on another device: nobody's data stays. */
  function noticeSignedOut(failure: LookupFailure) {
    if (failure.kind !== 'signed-out') return;
    running.abort();
    const { value } = state;
    if (value.status !== 'idle') state.value = { status: 'failed', id: value.id, failure, known: undefined };
    search.signedOut(failure);
  }

  watch(
    () => search.state,
    (found) => {
      const isOver = found.status === 'failed' && found.failure.kind === 'signed-out';
      const isTold = state.value.status === 'failed' && state.value.failure.kind === 'signed-out';
      if (isOver && !isTold) clear();
    },
  );

  return { state, open, retry, noticeSignedOut, clear };
});

/** Among several, as when a card number is also somebody's name, the one with that card number. */
function pick(reply: SearchReply, cardNumber: string | undefined): MemberDetails | undefined {
  const { members, ...rest } = reply;
  const member =
    cardNumber === undefined ? members[0] : members.find((found) => found.card_number === cardNumber);
  return member && { ...rest, member };
}

import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { Member } from '#contract/member.ts';
import type { RecordKey } from '#contract/record.ts';
import type { SearchReply } from '#contract/reply.ts';
import { toLookupFailure } from '../api/failure.ts';
import type { LookupFailure } from '../api/failure.ts';
import { useServices } from '../services.ts';
import { isLocalId, recordAmong, recordKeyOf } from '../browser/record-store.ts';
import { useSearchStore } from './search.ts';

/** A member, and what the reply said of its fields. `complete` false: no more than its card yet. */
export interface MemberDetails extends Omit<SearchReply, 'members'> {
  member: Member;
}

/** `lapsed`: nothing tells any more whom the page stands for; `gone`: the platform no longer tells that record. */
export type WhyMissing = 'lapsed' | 'gone';

export type MemberState =
  | { status: 'idle' }
  | { status: 'loading'; id: string; known: MemberDetails | undefined }
  | { status: 'done'; id: string; details: MemberDetails }
  | { status: 'missing'; id: string; why: WhyMissing }
  | { status: 'failed'; id: string; failure: LookupFailure; known: MemberDetails | undefined };

/** The one member whose page is open. */
export const useMemberStore = defineStore('member', () => {
  const { members: api, records } = useServices();
  const search = useSearchStore();
  const state = shallowRef<MemberState>({ status: 'idle' });
  let running = new AbortController();

  /**
   * Shows what the search already told, and asks for the rest where that was not everything. Nothing
   * is asked twice: a member that was just looked at is still there, or still on its way.
   */
  async function open(id: string): Promise<void> {
    const current = state.value;
    if ((current.status === 'loading' || current.status === 'done') && current.id === id) return;
    const known = detailsFromSearch(id);
    if (known !== undefined) keepForReload(id, known.member);
    if (known?.complete === true) {
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
    const record = records.find(id);
    if (record === undefined && isLocalId(id)) {
      state.value = known ? { status: 'done', id, details: known } : { status: 'missing', id, why: 'lapsed' };
      return;
    }
    try {
      const request = record === undefined ? { ref: id } : { keywords: record.keyword };
      const details = pick(await api.search(request, signal), record);
      if (signal.aborted) return;
      state.value = details ? { status: 'done', id, details } : { status: 'missing', id, why: 'gone' };
    } catch (thrown) {
      if (signal.aborted) return;
      const failure = toLookupFailure(thrown);
      const before = state.value;
      // A reference that the relay does not open: of another viewer, of yesterday, or no reference at all.
      if (failure.kind === 'invalid' && known === undefined)
        state.value = { status: 'missing', id, why: 'lapsed' };
      else if (before.status !== 'failed' || before.failure.kind !== failure.kind) {
        state.value = { status: 'failed', id, failure, known };
      }
    }
  }

  function detailsFromSearch(id: string): MemberDetails | undefined {
    const { results } = search;
    const hit = results?.hits.find((one) => one.id === id);
    if (results === undefined || hit === undefined) return undefined;
    const { complete, policy, organizations, roles } = results;
    return { member: hit.member, complete, policy, organizations, roles };
  }

  /** A member with a `ref` is found again by it; any other by the key that this tab keeps. */
  function keepForReload(id: string, member: Member) {
    if (!isLocalId(id) || search.results === undefined) return;
    const found = search.results.hits.map((hit) => hit.member);
    const record = recordKeyOf(member, found);
    if (record !== undefined) records.keep(id, record);
  }

  function clear() {
    running.abort();
    state.value = { status: 'idle' };
  }

  /** Nobody is signed in any more: what was known of the member goes, the page says why. */
  function endSession(failure: LookupFailure) {
    running.abort();
    const { value } = state;
    if (value.status !== 'idle') state.value = { status: 'failed', id: value.id, failure, known: undefined };
  }

  return { state, open, retry, endSession, clear };
});

/** By a key, exactly that record, though others have its card number or its name. */
function pick(reply: SearchReply, record: RecordKey | undefined): MemberDetails | undefined {
  const { members, ...rest } = reply;
  const member = record === undefined ? members[0] : recordAmong(members, record);
  return member && { ...rest, member };
}

import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import { asTyped, keywordProblem } from '#contract/keyword.ts';
import type { KeywordProblem } from '#contract/keyword.ts';
import type { Member } from '#contract/member.ts';
import type { SearchReply } from '#contract/reply.ts';
import { toLookupFailure } from '../api/failure.ts';
import type { LookupFailure } from '../api/failure.ts';
import { useServices } from '../services.ts';
import { createLocalId } from '../browser/record-store.ts';

/** A member among the results, and the id that its page's address holds. */
export interface Hit {
  id: string;
  member: Member;
}

/** Everything that was found, and what the reply said of it. */
export interface Results extends Omit<SearchReply, 'members'> {
  hits: Hit[];
}

export type SearchState =
  | { status: 'idle' }
  | { status: 'loading'; keyword: string; last: DoneSearch | undefined }
  | DoneSearch
  | { status: 'failed'; keyword: string; failure: LookupFailure };

interface DoneSearch {
  status: 'done';
  keyword: string;
  results: Results;
}

/** The one search on screen. A newer search ends an older one, whose late answer changes nothing. */
export const useSearchStore = defineStore('search', () => {
  const { members: api } = useServices();
  /** What stands in the box. */
  const typed = shallowRef('');
  const state = shallowRef<SearchState>({ status: 'idle' });
  const problem = shallowRef<KeywordProblem>();
  let running = new AbortController();

  /** While a newer search runs, the older results stay in sight. */
  const results = computed(() => lastDone(state.value)?.results);
  /** The spelling that found somebody where what was typed found nobody. */
  const otherSpelling = computed(() => {
    const done = lastDone(state.value);
    const searched = done?.results.searched;
    return done === undefined || searched === undefined || searched === done.keyword
      ? undefined
      : { typed: done.keyword, searched };
  });

  /** Searches for what was typed or scanned; what cannot be searched is refused with a reason. */
  async function search(text: string): Promise<void> {
    typed.value = text;
    const keyword = asTyped(text);
    problem.value = keywordProblem(keyword);
    if (problem.value !== undefined) return;
    await begin(keyword);
  }

  async function begin(keyword: string): Promise<void> {
    const current = state.value;
    if (current.status === 'loading' && current.keyword === keyword) return;
    state.value = { status: 'loading', keyword, last: lastDone(current) };
    await ask(keyword);
  }

  /** The failed search once more. `quietly`: the failure stays in sight until there is an answer. */
  async function retry(how?: 'quietly'): Promise<void> {
    const current = state.value;
    if (current.status !== 'failed') return;
    if (how === 'quietly') return ask(current.keyword, current.failure);
    await begin(current.keyword);
  }

  async function ask(keyword: string, before?: LookupFailure): Promise<void> {
    running.abort();
    const { signal } = (running = new AbortController());
    try {
      const reply = await api.search({ keywords: keyword }, signal);
      if (!signal.aborted) state.value = { status: 'done', keyword, results: resultsOf(reply) };
    } catch (thrown) {
      const failure = toLookupFailure(thrown);
      if (signal.aborted || failure.kind === before?.kind) return;
      state.value = { status: 'failed', keyword, failure };
    }
  }

  /** Nobody is signed in any more: who was found goes, what was searched stays. */
  function endSession(failure: LookupFailure) {
    running.abort();
    const current = state.value;
    if (current.status !== 'idle') state.value = { status: 'failed', keyword: current.keyword, failure };
  }

  /** Forgets the search and everybody it found. */
  function clear() {
    running.abort();
    state.value = { status: 'idle' };
    problem.value = undefined;
  }

  return { typed, state, problem, results, otherSpelling, search, retry, endSession, clear };
});

function lastDone(state: SearchState): DoneSearch | undefined {
  if (state.status === 'loading') return state.last;
  return state.status === 'done' ? state : undefined;
}

function resultsOf({ members, ...reply }: SearchReply): Results {
  return { ...reply, hits: members.map((member) => ({ id: member.ref ?? createLocalId(), member })) };
}

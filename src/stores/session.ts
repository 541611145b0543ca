import { computed, shallowRef, watch } from 'vue';
import { defineStore } from 'pinia';
import type { SessionAnswer, ViewerKind } from '#contract/session.ts';
import { useServices } from '../app/services.ts';
import { useMemberStore } from './member.ts';
import { useSearchStore } from './search.ts';

/** Who is looking. Undefined: nobody has said yet, or there is no relay that could. */
export const useSessionStore = defineStore('session', () => {
  const { session: api, cards } = useServices();
  const search = useSearchStore();
  const member = useMemberStore();
  const session = shallowRef<SessionAnswer>();
  const isBecoming = shallowRef(false);

  const isSignedOut = computed(() => session.value?.viewer === null && session.value.signInUrl !== '');

  // Signed out in another tab or on another device: the next answer says so.
  watch([() => search.state, () => member.state], (states) => {
    const isOver = states.some((state) => state.status === 'failed' && state.failure.kind === 'signed-out');
    if (isOver && session.value) session.value = { ...session.value, viewer: null, canSignOut: false };
  });

  /** What cannot be asked now shows with the first search. */
  async function load(): Promise<void> {
    session.value = await api?.current().catch(() => undefined);
  }

  /** Ends the session at the relay. What was on the page, or was asked for meanwhile, is gone in any case. */
  async function signOut(): Promise<void> {
    forgetEverybody();
    await api?.signOut().catch(() => undefined);
    forgetEverybody();
    await load();
  }

  /**
   * Looks as another kind of viewer, who must not find what the one before was told: what is searched
   * meanwhile is searched again.
   */
  async function become(kind: ViewerKind): Promise<void> {
    forgetEverybody();
    isBecoming.value = true;
    session.value = (await api?.become(kind).catch(() => undefined)) ?? session.value;
    isBecoming.value = false;
    const meanwhile = search.state;
    forgetEverybody();
    if (meanwhile.status !== 'idle') await search.search(meanwhile.keyword);
  }

  function forgetEverybody() {
    search.clear();
    member.clear();
    cards.clear();
  }

  return { session, isBecoming, isSignedOut, load, signOut, become };
});

import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { SessionAnswer, ViewerKind } from '#contract/session.ts';
import { toLookupFailure } from '../api/failure.ts';
import { useServices } from '../services.ts';
import { useMemberStore } from './member.ts';
import { usePhotosStore } from './photos.ts';
import { useRevealStore } from './reveal.ts';
import { useSearchStore } from './search.ts';
import { useVerifyStore } from './verify.ts';

/** Who is looking. Undefined: nobody has said yet, or there is no relay that could. */
export const useSessionStore = defineStore('session', () => {
  const { session: api, records, onSignedOut, leave } = useServices();
  const search = useSearchStore();
  const member = useMemberStore();
  const reveal = useRevealStore();
  const photos = usePhotosStore();
  const verify = useVerifyStore();
  const session = shallowRef<SessionAnswer>();
  const isBecoming = shallowRef(false);
  let running = new AbortController();

  const isSignedOut = computed(() => session.value?.viewer === null && session.value.signInUrl !== '');

  // In another tab, on another device, or by itself: nobody's data stays.
  onSignedOut((failure) => {
    search.endSession(failure);
    member.endSession(failure);
    forgetSecrets();
    forgetViewer();
  });

  function forgetViewer() {
    if (session.value) session.value = { ...session.value, viewer: null, canSignOut: false };
  }

  /** What cannot be asked now shows with the first search. */
  async function load(): Promise<void> {
    running.abort();
    const { signal } = (running = new AbortController());
    const told = await api?.current(signal).catch(() => undefined);
    if (told !== undefined && !signal.aborted) session.value = told;
  }

  /**
   * Ends the session at the relay, then leads to where a gateway ends its own. What was on the page, or was
   * asked for meanwhile, is gone in any case.
   *
   * @returns whether the session is over.
   */
  async function signOut(): Promise<boolean> {
    const gateway = session.value?.signOutUrl ?? '';
    forgetEverybody();
    search.typed = '';
    const isOver = await api?.signOut().then(
      () => true,
      (failure: unknown) => toLookupFailure(failure).kind === 'signed-out',
    );
    forgetEverybody();
    if (isOver !== true) return false;
    forgetViewer();
    if (gateway === '') await load();
    else leave(gateway);
    return true;
  }

  /**
   * Looks as another kind of viewer, who must not find what the one before was told: what is searched
   * meanwhile is searched again.
   */
  async function become(kind: ViewerKind): Promise<void> {
    forgetEverybody();
    running.abort();
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
    forgetSecrets();
  }

  function forgetSecrets() {
    reveal.clear();
    verify.clear();
    photos.clear();
    records.clear();
  }

  return { session, isBecoming, isSignedOut, load, signOut, become };
});

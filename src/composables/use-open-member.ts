import { computed, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import type { LookupFailure } from '../api/failure.ts';
import { useMemberStore } from '../stores/member.ts';
import type { MemberDetails, WhyMissing } from '../stores/member.ts';
import { useDelayedFlag } from './use-delayed-flag.ts';

interface OpenMember {
  /** What is known so far: a card's worth before the rest has come, or when it does not come. */
  details: ComputedRef<MemberDetails | undefined>;
  failure: ComputedRef<LookupFailure | undefined>;
  missing: ComputedRef<WhyMissing | undefined>;
  isBusy: Ref<boolean>;
  retry: (how?: 'quietly') => void;
}

/** The member of a route, asked for whenever `id` changes. */
export function useOpenMember(id: () => string): OpenMember {
  const store = useMemberStore();
  const details = computed(() => {
    const { state } = store;
    if (state.status === 'done') return state.details;
    return state.status === 'loading' || state.status === 'failed' ? state.known : undefined;
  });
  const failure = computed(() => (store.state.status === 'failed' ? store.state.failure : undefined));

  watch(id, (opened) => void store.open(opened), { immediate: true });
  return {
    details,
    failure,
    missing: computed(() => (store.state.status === 'missing' ? store.state.why : undefined)),
    isBusy: useDelayedFlag(() => store.state.status === 'loading'),
    retry: (how) => void store.retry(how),
  };
}

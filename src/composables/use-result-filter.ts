import { computed, shallowRef, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import type { Hit } from '../stores/search.ts';

export interface FilterOption {
  value: string;
  count: number;
}

export interface ResultFilter {
  /** "" for all. */
  identity: Ref<string>;
  college: Ref<string>;
  /** What there is to choose from, most frequent first. */
  identities: ComputedRef<FilterOption[]>;
  colleges: ComputedRef<FilterOption[]>;
  shown: ComputedRef<Hit[]>;
}

/** Narrows namesakes by identity and college. New results start with everybody. */
export function useResultFilter(hits: () => Hit[]): ResultFilter {
  const identity = shallowRef('');
  const college = shallowRef('');
  watch(hits, () => {
    identity.value = '';
    college.value = '';
  });

  const isIdentity = ({ member }: Hit) => !identity.value || member.identity_type === identity.value;
  const isCollege = ({ member }: Hit) => !college.value || member.college === college.value;

  return {
    identity,
    college,
    identities: computed(() => optionsOf(hits().map(({ member }) => member.identity_type))),
    colleges: computed(() => optionsOf(hits().map(({ member }) => member.college))),
    shown: computed(() => hits().filter((hit) => isIdentity(hit) && isCollege(hit))),
  };
}

function optionsOf(values: (string | undefined)[]): FilterOption[] {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return Array.from(counts, ([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

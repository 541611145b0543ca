import { onMounted } from 'vue';
import type { Component, Ref } from 'vue';
import { useLazy } from '../composables/use-lazy.ts';
import { useCalm } from './calm.ts';
import { loadSessionParts } from './warm.ts';

type Parts = Awaited<ReturnType<typeof loadSessionParts>>;

/** A part of the page that tells who is looking; the page is whole without it, and it comes afterwards. */
export function useSessionPart(name: keyof Parts, isWanted: boolean): Ref<Component | undefined> {
  const { component, load } = useLazy(async () => ({ default: (await loadSessionParts())[name] }));
  const whenCalm = useCalm();
  onMounted(() => {
    if (isWanted) whenCalm(() => void load());
  });
  return component;
}

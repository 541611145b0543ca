import { shallowRef } from 'vue';
import type { Component, Ref } from 'vue';

/**
 * A component that comes in its own file: undefined until `load` was called and has arrived. A file
 * that could not be fetched is asked for again at the next call.
 */
export function useLazy(fetch: () => Promise<{ default: Component }>): {
  component: Ref<Component | undefined>;
  load: () => Promise<void>;
} {
  const component = shallowRef<Component>();
  async function load() {
    try {
      component.value ??= (await fetch()).default;
    } catch {
      // Offline, or replaced by a newer version of the app: what needs it says so.
    }
  }
  return { component, load };
}

import { defineAsyncComponent } from 'vue';
import type { AsyncComponentLoader, Component } from 'vue';
import { useServices } from '../services.ts';

interface LazyPartOptions {
  /** Stands in its place until it is there. */
  waiting?: Component;
  onFailed?: () => void;
}

/** A part of a screen that comes once it is opened; where its file cannot be fetched, the page says so. */
export function useLazyPart<T extends Component>(
  load: AsyncComponentLoader<T>,
  { waiting, onFailed }: LazyPartOptions = {},
): T {
  const { showNotLoaded } = useServices();
  return defineAsyncComponent<T>({
    loader: load,
    ...(waiting !== undefined && { loadingComponent: waiting, delay: 0 }),
    onError(_error, _retry, fail) {
      showNotLoaded();
      onFailed?.();
      fail();
    },
  });
}

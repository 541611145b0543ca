/** Tells when it is worth asking again after the network was gone. */
export interface Network {
  /** @returns stops telling. */
  onPerhapsBack(tell: () => void): () => void;
}

const FIRST_PAUSE_MS = 3_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * The browser's own event tells only of its own adapter: a dead access point, or a relay that
 * restarts, shows in nothing but a repeated try. So both, the tries at growing pauses and only while
 * somebody looks.
 */
export function createNetwork(page: Window): Network {
  return {
    onPerhapsBack(tell) {
      let pause = FIRST_PAUSE_MS;
      let timer = page.setTimeout(tick, pause);
      function tick() {
        if (!page.document.hidden && page.navigator.onLine) tell();
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
        timer = page.setTimeout(tick, pause);
      }
      page.addEventListener('online', tell);
      return () => {
        page.clearTimeout(timer);
        page.removeEventListener('online', tell);
      };
    },
  };
}

/** As often as this is bad luck; more often, and only a fresh page helps. */
const MOST_ERRORS = 3;
const WITHIN_MS = 60_000;

interface Cures {
  restart: () => void;
  reload: () => void;
}

/**
 * What to do about a mistake that nothing caught: a fresh visit for the first, a fresh page once they
 * come thick and fast.
 *
 * @returns called for each one.
 */
export function onUncaught(now: () => number, { restart, reload }: Cures): () => void {
  let errors: number[] = [];
  return () => {
    errors = [...errors.filter((at) => now() - at < WITHIN_MS), now()];
    if (errors.length > MOST_ERRORS) reload();
    else restart();
  };
}

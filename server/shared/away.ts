import { Failure } from '#server/failure.ts';

/** What all relays must know is not done by one of them alone. */
export function refuseAway(): never {
  throw new Failure('busy', {
    reason: 'shared-state-away',
    retryAfter: 5,
    words: 'This cannot be done right now. Try again in a moment.',
  });
}

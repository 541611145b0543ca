/** Milliseconds since the epoch. Passed in, so that tests can let hours pass. */
export type Clock = () => number;

/**
 * How far the clocks of two relays, or of a relay and a command line, may be apart. What one of them sealed or counted
 * is judged by the other: so it may have begun so far in the future, and whatever may be forgotten only once it is over
 * for all of them (a sign-out, a nonce, a count) is remembered so much longer.
 */
export const CLOCK_SKEW_MS = 2 * 60_000;

/** Milliseconds since the epoch. Passed in, so that tests can let hours pass. */
export type Clock = () => number;

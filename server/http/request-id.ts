import { randomUUID } from 'node:crypto';

/** Twelve characters that a viewer can read out to an operator. Never taken from a request: logs could be forged. */
export function newRequestId(): string {
  // Node draws the randomness of many UUIDs at once; the first twelve digits hold nothing else.
  const uuid = randomUUID();
  return uuid.slice(0, 8) + uuid.slice(9, 13);
}

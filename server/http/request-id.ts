import { randomBytes } from 'node:crypto';

/** Twelve characters that a viewer can read out to an operator. Never taken from a request: logs could be forged. */
export function newRequestId(): string {
  return randomBytes(6).toString('hex');
}

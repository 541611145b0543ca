import { randomBytes } from 'node:crypto';
import type { Environment } from './environment.ts';

const KEY_BYTES = 32;
const MAKE_ONE = 'Make one with: openssl rand -base64 32';

/**
 * Keys as base64 of 32 random bytes, newest first.
 *
 * @param whenUnset `make`: a key that lives as long as the process; `refuse`: a problem.
 */
export function readKeys(env: Environment, variable: string, whenUnset: 'make' | 'refuse'): Buffer[] {
  const keys = env.list(variable).map((text) => Buffer.from(text, 'base64'));
  if (keys.length === 0) {
    if (whenUnset === 'make') return [randomBytes(KEY_BYTES)];
    env.report(variable, 'is not set', MAKE_ONE);
  }
  if (keys.some((key) => key.length !== KEY_BYTES)) {
    env.report(variable, 'holds a key that is not base64 of 32 bytes', MAKE_ONE);
  } else if (keys.some(isGuessable)) {
    env.report(variable, 'holds a key that is not random', MAKE_ONE);
  } else if (new Set(keys.map((key) => key.toString('hex'))).size < keys.length) {
    env.report(variable, 'holds the same key twice', 'Leave one of the two away.');
  }
  return keys;
}

/** 32 random bytes hold some 30 different ones; a placeholder or a typed sentence holds few, or only letters. */
function isGuessable(key: Buffer): boolean {
  return new Set(key).size < 16 || key.every((byte) => byte >= 0x20 && byte < 0x7f);
}

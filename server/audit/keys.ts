import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const KEY_BYTES = 32;

/** One secret of the operator's, taken apart: a key for each use, so that no use helps with another. */
export interface AuditKey {
  /** Names the key in a record without telling anything of it. */
  readonly id: string;
  /** Makes the chain's hashes, and seals its head. */
  readonly chain: KeyObject;
  /** Turns ids, keywords and card numbers into pseudonyms. */
  readonly pseudonyms: KeyObject;
  /** Encrypts reasons. */
  readonly reasons: KeyObject;
}

/** Newest first: the first one writes, all of them read. */
export type AuditKeys = readonly [AuditKey, ...AuditKey[]];

/** @param secrets 32 bytes each, newest first, at least one: `AUDIT_KEY`. */
export function auditKeysOf(secrets: readonly Buffer[]): AuditKeys {
  const [newest, ...older] = secrets.map(deriveKey);
  if (newest === undefined) throw new Error('a trail needs a key');
  return [newest, ...older];
}

function deriveKey(secret: Buffer): AuditKey {
  const derive = (use: string) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `wecard-lookup audit ${use} v1`, KEY_BYTES)));
  return {
    id: createHmac('sha256', derive('key id')).digest('base64url').slice(0, 8),
    chain: derive('chain'),
    pseudonyms: derive('pseudonyms'),
    reasons: derive('reasons'),
  };
}

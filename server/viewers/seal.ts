import { createHash, hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import type { CompactJWEHeaderParameters } from 'jose';

/** Opens what it sealed. What a browser gives back is believed only when it opens. */
export interface Seal {
  seal(value: unknown): Promise<string>;
  /** @returns undefined when it was not sealed with one of the keys, for this purpose. */
  open(sealed: string): Promise<Opened | undefined>;
}

interface Opened {
  readonly value: unknown;
  /** False: sealed with an older key, and due to be sealed with the newest one. */
  readonly newestKey: boolean;
}

const ALGORITHMS = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };

/**
 * A JWE (RFC 7516, `dir`, A256GCM) under a key of its own for each purpose, so that what was sealed
 * for one purpose never opens for another.
 *
 * @param keys 32 bytes each, the newest first: it seals, all of them open.
 */
export function createSeal(keys: readonly Uint8Array[], purpose: string): Seal {
  const derived = keys.map((key) => deriveKey(key, purpose));
  const [newest] = derived;
  if (newest === undefined) throw new Error('sealing takes a key');

  const keyOf = ({ kid }: CompactJWEHeaderParameters) =>
    (derived.find((entry) => entry.id === kid) ?? newest).key;

  return {
    seal(value) {
      return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: newest.id })
        .encrypt(newest.key);
    },

    async open(sealed) {
      try {
        const { plaintext, protectedHeader } = await compactDecrypt(sealed, keyOf, ALGORITHMS);
        const value: unknown = JSON.parse(new TextDecoder().decode(plaintext));
        return { value, newestKey: protectedHeader.kid === newest.id };
      } catch {
        // Foreign, cut, changed or sealed with a key that is gone: all the same to whoever asks.
        return undefined;
      }
    },
  };
}

function deriveKey(key: Uint8Array, purpose: string): { id: string; key: Uint8Array } {
  const derived = new Uint8Array(hkdfSync('sha256', key, '', `wecard-lookup/${purpose}`, 32));
  const id = createHash('sha256').update(derived).digest('base64url').slice(0, 8);
  return { id, key: derived };
}

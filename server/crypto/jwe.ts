import { createHash } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import type { CompactJWEHeaderParameters } from 'jose';
import { deriveKey } from './aes-gcm.ts';

/** JSON in encrypted tokens. What a browser gives back is believed only when it decrypts. */
export interface JweCodec {
  encrypt(value: unknown): Promise<string>;
  /** @returns undefined when it was not encrypted with one of the keys, for this purpose. */
  decrypt(token: string): Promise<Decrypted | undefined>;
}

interface Decrypted {
  readonly value: unknown;
  /** See `jweKeyId`. */
  readonly keyId: string;
  /** False: encrypted with an older key, and due to be encrypted with the newest one. */
  readonly newestKey: boolean;
}

const ALGORITHMS = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };

/** Names a key without telling anything of it. */
export function jweKeyId(secret: Uint8Array, purpose: string): string {
  return idOf(deriveKey(secret, purpose));
}

function idOf(key: Uint8Array): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 8);
}

/**
 * JWE (RFC 7516, `dir`, A256GCM) under a key of its own for each purpose.
 *
 * @param secrets 32 bytes each, newest first: the first one encrypts, any of them decrypts.
 */
export function createJweCodec(secrets: readonly Uint8Array[], purpose: string): JweCodec {
  const keys = secrets.map((secret) => {
    const key = deriveKey(secret, purpose);
    return { id: idOf(key), key };
  });
  const [newest] = keys;
  if (newest === undefined) throw new RangeError('at least one key');

  const keyOf = (kid: unknown) => keys.find(({ id }) => id === kid) ?? newest;
  const getKey = ({ kid }: CompactJWEHeaderParameters) => keyOf(kid).key;

  return {
    encrypt(value) {
      return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: newest.id })
        .encrypt(newest.key);
    },

    async decrypt(token) {
      try {
        const { plaintext, protectedHeader } = await compactDecrypt(token, getKey, ALGORITHMS);
        const value: unknown = JSON.parse(new TextDecoder().decode(plaintext));
        const { kid } = protectedHeader;
        return { value, keyId: keyOf(kid).id, newestKey: kid === newest.id };
      } catch {
        // Foreign, cut, changed or encrypted with a key that is gone: all the same to whoever asks.
        return undefined;
      }
    },
  };
}

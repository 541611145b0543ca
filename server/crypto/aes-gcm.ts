import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

export const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NOTHING = Buffer.alloc(0);

/**
 * A key for one purpose (HKDF, RFC 5869): what was encrypted for one never decrypts for another.
 *
 * @param salt further separates keys, as by the school that they serve.
 */
export function deriveKey(
  secret: Uint8Array,
  purpose: string,
  { bytes = 32, salt = '' }: { bytes?: number; salt?: string } = {},
): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, `wecard-lookup/${purpose}`, bytes));
}

/**
 * AES-256-GCM.
 *
 * @param nonce 12 bytes that serve this key for no other plaintext.
 * @param aad is not in the result, and must be given again to decrypt it.
 * @returns nonce, ciphertext and tag as base64url.
 */
export function encrypt(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, aad = NOTHING): string {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
  const text = Buffer.concat([nonce, cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([text, cipher.getAuthTag()]).toString('base64url');
}

/** @returns undefined for what was not encrypted with this key and these additional data, or was changed. */
export function decrypt(key: Uint8Array, encrypted: string, aad = NOTHING): Buffer | undefined {
  const bytes = Buffer.from(encrypted, 'base64url');
  // One spelling only: the decoder skips what is not base64url and ignores left-over bits.
  if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== encrypted) return undefined;
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(aad)
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([text, decipher.final()]);
  } catch {
    // The tag does not fit; Node tells it in no other way.
    return undefined;
  }
}

import { createCipheriv, createDecipheriv, hkdfSync, randomFillSync } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Card numbers are padded to a multiple of this, so that a reference's length tells nothing of them. */
const BLOCK_BYTES = 16;

/** Opaque references to members: a card number, sealed. They stand in URLs, where no personal data may. */
export interface Refs {
  /** A different text each time, base64url. */
  seal(cardNumber: string): string;
  /** @returns undefined for what this deployment did not seal, or sealed with a key that is gone. */
  open(ref: string): string | undefined;
}

/**
 * AES-256-GCM with a random nonce under a key of its own, derived from each of `keys` and the subject.
 *
 * @param keys 32 bytes each; the first seals, all of them open, so that keys rotate.
 * @param ocode the subject: a reference is worth nothing at another one that has the same keys.
 */
export function createRefs(keys: readonly Buffer[], ocode: string): Refs {
  const derived = keys.map((key) => Buffer.from(hkdfSync('sha256', key, ocode, 'wecard-lookup ref v1', 32)));
  const [newest] = derived;
  if (newest === undefined) throw new RangeError('refs need a key');

  return {
    seal(cardNumber) {
      const nonce = freshNonce();
      const cipher = createCipheriv('aes-256-gcm', newest, nonce);
      return Buffer.concat([
        nonce,
        cipher.update(pad(cardNumber)),
        cipher.final(),
        cipher.getAuthTag(),
      ]).toString('base64url');
    },
    open(ref) {
      const bytes = Buffer.from(ref, 'base64url');
      // Buffer ignores what is not base64url: only the one spelling that was sealed counts.
      if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== ref) return undefined;
      for (const key of derived) {
        const cardNumber = decrypt(key, bytes);
        if (cardNumber !== undefined) return cardNumber;
      }
      return undefined;
    },
  };
}

/** Random bytes are drawn for many nonces at once; no byte serves twice. */
const drawn = Buffer.alloc(NONCE_BYTES * 512);
let used = drawn.length;

/** @returns bytes that are valid until the caller gives way. */
function freshNonce(): Buffer {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  return drawn.subarray(used, (used += NONCE_BYTES));
}

function decrypt(key: Buffer, bytes: Buffer): string | undefined {
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const padded = Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)),
      decipher.final(),
    ]);
    return padded.subarray(0, padded.lastIndexOf(1)).toString('utf8');
  } catch {
    // Not sealed with this key.
    return undefined;
  }
}

/** One byte 1, then zeros: ISO/IEC 7816-4's way, which any text survives. */
function pad(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const padded = Buffer.alloc(Math.ceil((bytes.length + 1) / BLOCK_BYTES) * BLOCK_BYTES);
  bytes.copy(padded);
  padded[bytes.length] = 1;
  return padded;
}

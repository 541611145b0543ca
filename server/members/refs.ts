import { randomFillSync } from 'node:crypto';
import type { RecordKey } from '#contract/record.ts';
import type { Clock } from '#server/clock.ts';
import { NONCE_BYTES, decrypt, deriveKey, encrypt } from '#server/crypto/aes-gcm.ts';

/** Records are padded to a multiple of this, so that a reference's length tells next to nothing of them. */
const BLOCK_BYTES = 64;
/** Results that are still open after a day are of yesterday. */
const LIFETIME_MS = 24 * 3_600_000;
const SEPARATOR = ' ';

/** Opaque references: the key of one record, sealed. They stand in URLs, where no personal data may. */
export interface Refs {
  /**
   * @param viewer who was told of this record (`viewerKey`): nobody else can open it.
   * @returns a different text each time, base64url.
   */
  seal(record: RecordKey, viewer: string): string;
  /** @returns undefined for what this deployment did not seal for this viewer within a day, or with a key that is gone. */
  open(ref: string, viewer: string): RecordKey | undefined;
}

/**
 * AES-256-GCM with a random nonce under a key of its own, derived from each of `keys` and the subject; the viewer is
 * its additional data.
 *
 * @param keys 32 bytes each; the first seals, all of them open, so that keys rotate.
 * @param ocode the subject: a reference is worth nothing at another one that has the same keys.
 */
export function createRefs(keys: readonly Uint8Array[], ocode: string, clock: Clock): Refs {
  const derived = keys.map((key) => deriveKey(key, 'ref', { salt: ocode }));
  const [newest] = derived;
  if (newest === undefined) throw new RangeError('at least one key');

  return {
    seal(record, viewer) {
      const content = pad(textOf(record, clock() + LIFETIME_MS));
      return encrypt(newest, freshNonce(), content, Buffer.from(viewer));
    },
    open(ref, viewer) {
      const aad = Buffer.from(viewer);
      for (const key of derived) {
        const padded = decrypt(key, ref, aad);
        if (padded === undefined) continue;
        const { endsAt, record } = recordIn(padded.subarray(0, padded.lastIndexOf(1)).toString('utf8'));
        return endsAt > clock() ? record : undefined;
      }
      return undefined;
    },
  };
}

/** The keyword comes last: it may hold whatever a name may. */
function textOf({ identity, content, keyword }: RecordKey, endsAt: number): string {
  return [endsAt, identity, content, keyword].join(SEPARATOR);
}

function recordIn(text: string): { endsAt: number; record: RecordKey } {
  const [endsAt, identity = '', content = '', ...keyword] = text.split(SEPARATOR);
  return { endsAt: Number(endsAt), record: { identity, content, keyword: keyword.join(SEPARATOR) } };
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

/** One byte 1, then zeros: ISO/IEC 7816-4's way, which any text survives. */
function pad(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const padded = Buffer.alloc(Math.ceil((bytes.length + 1) / BLOCK_BYTES) * BLOCK_BYTES);
  bytes.copy(padded);
  padded[bytes.length] = 1;
  return padded;
}

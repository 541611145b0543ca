import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { Clock } from '#server/clock.ts';
import type { Viewer } from '#server/viewers/viewer.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const STEP_MS = 10 * 60_000;

export interface PhotoSeal {
  /** Base64url. The same for one viewer and photo during ten minutes, so that an open page asks for it once. */
  seal(headImage: string, viewer: Viewer): string;
  /** @returns the address; undefined when it was forged, changed, made for another viewer or deployment, or is over. */
  open(sealed: string, viewer: Viewer): string | undefined;
}

interface Keys {
  cipher: Buffer;
  nonce: Buffer;
}

/**
 * Seals a photo's address for one viewer and 10 to 20 minutes: AES-256-GCM, whose additional data name the viewer.
 *
 * The nonce is not random but an HMAC of everything that is sealed (the viewer, the expiry, the address), as in SIV
 * (RFC 5297): a link then stays the same while it lasts. GCM breaks when one nonce serves two different plaintexts.
 * Here equal nonces mean equal input, and so equal output, which tells no more than that both are the same link; two
 * different inputs meet in 96 bits as rarely as random nonces would (below 2⁻³² for 2³² links per key, the bound of NIST
 * SP 800-38D § 8.3). The two keys are derived apart, and from no other purpose's.
 *
 * @param secrets `SESSION_KEYS`, newest first: the first one seals, any of them opens.
 */
export function createPhotoSeal(secrets: readonly Uint8Array[], clock: Clock): PhotoSeal {
  const keys = secrets.map(deriveKeys);
  const newest = keys[0];
  if (newest === undefined) throw new RangeError('at least one key');

  return {
    seal(headImage, viewer) {
      const expiresAt = (Math.floor(clock() / STEP_MS) + 2) * STEP_MS;
      return encrypt(newest, `${expiresAt} ${headImage}`, nameOf(viewer));
    },

    open(sealed, viewer) {
      for (const key of keys) {
        const text = decrypt(key, sealed, nameOf(viewer));
        if (text === undefined) continue;
        const space = text.indexOf(' ');
        const expiresAt = Number(text.slice(0, space));
        return expiresAt > clock() ? text.slice(space + 1) : undefined;
      }
      return undefined;
    },
  };
}

function deriveKeys(secret: Uint8Array): Keys {
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', 'wecard-lookup/photo/1', 64));
  return { cipher: bytes.subarray(0, 32), nonce: bytes.subarray(32) };
}

function nameOf(viewer: Viewer): string {
  return JSON.stringify([viewer.kind, viewer.id]);
}

function encrypt(key: Keys, text: string, name: string): string {
  // JSON holds no NUL, so that the two parts cannot be split in another place.
  const nonce = createHmac('sha256', key.nonce).update(`${name}\0${text}`).digest().subarray(0, NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.cipher, nonce).setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
}

function decrypt(key: Keys, sealed: string, name: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  // One spelling only: the decoder skips what is not base64url and ignores left-over bits.
  if (bytes.length <= NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== sealed) return undefined;
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key.cipher, nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(name))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const body = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([body, decipher.final()]).toString('utf8');
  } catch {
    // Not sealed with this key for this viewer.
    return undefined;
  }
}

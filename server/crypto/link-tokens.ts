import { createHmac } from 'node:crypto';
import type { Clock } from '#server/clock.ts';
import { NONCE_BYTES, decrypt, deriveKey, encrypt } from './aes-gcm.ts';

const STEP_MS = 10 * 60_000;
/** Results that are still open after a day are of yesterday. */
const RENEWABLE_MS = 24 * 3_600_000;

/** Tokens that stand in a link for a text, for one audience and 10 to 20 minutes. */
export interface LinkTokens {
  /** Base64url. The same for one audience and text during ten minutes, so that an open page asks for it once. */
  encrypt(text: string, audience: string): string;
  /** @returns undefined when it was forged, changed, made for another audience or deployment, or is over. */
  decrypt(token: string, audience: string): string | undefined;
  /**
   * A token anew for what `token` stands for, also where that is over.
   *
   * @returns undefined as `decrypt` does, and a day after the first of them was made.
   */
  renew(token: string, audience: string): string | undefined;
}

/**
 * AES-256-GCM, whose additional data name the audience.
 *
 * The nonce is not random but an HMAC of everything that is encrypted (the audience, the times, the text), as in SIV
 * (RFC 5297): a link then stays the same while it lasts. GCM breaks when one nonce serves two different plaintexts.
 * Here equal nonces mean equal input, and so equal output, which tells no more than that both are the same link; two
 * different inputs meet in 96 bits as rarely as random nonces would (below 2⁻³² for 2³² links per key, the bound of NIST
 * SP 800-38D § 8.3). The two keys are derived apart, and from no other purpose's.
 *
 * @param secrets 32 bytes each, newest first: the first one encrypts, any of them decrypts.
 */
export function createLinkTokens(secrets: readonly Uint8Array[], purpose: string, clock: Clock): LinkTokens {
  const keys = secrets.map((secret) => {
    const bytes = deriveKey(secret, purpose, { bytes: 64 });
    return { cipher: bytes.subarray(0, 32), nonce: bytes.subarray(32) };
  });
  const [first] = keys;
  if (first === undefined) throw new RangeError('at least one key');
  const newest = first;

  return {
    encrypt: (text, audience) => make(text, audience, step()),

    decrypt(token, audience) {
      const found = open(token, audience);
      return found !== undefined && found.expiresAt > clock() ? found.text : undefined;
    },

    renew(token, audience) {
      const found = open(token, audience);
      if (found === undefined || clock() >= found.since + RENEWABLE_MS) return undefined;
      return make(found.text, audience, found.since);
    },
  };

  /** The beginning of the ten minutes that it is now. */
  function step(): number {
    return Math.floor(clock() / STEP_MS) * STEP_MS;
  }

  /** @param since when the first of them was made, in milliseconds since the epoch. */
  function make(text: string, audience: string, since: number): string {
    const plaintext = `${since} ${step() + 2 * STEP_MS} ${text}`;
    // The audience's length first, so that the two parts cannot be split in another place.
    const input = `${audience.length} ${audience}${plaintext}`;
    const nonce = createHmac('sha256', newest.nonce).update(input).digest().subarray(0, NONCE_BYTES);
    return encrypt(newest.cipher, nonce, Buffer.from(plaintext), Buffer.from(audience));
  }

  function open(token: string, audience: string) {
    for (const key of keys) {
      const plaintext = decrypt(key.cipher, token, Buffer.from(audience))?.toString();
      if (plaintext === undefined) continue;
      const [since = '', expiresAt = '', ...text] = plaintext.split(' ');
      return { since: Number(since), expiresAt: Number(expiresAt), text: text.join(' ') };
    }
    return undefined;
  }
}

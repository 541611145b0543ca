import { createHmac, randomBytes } from 'node:crypto';
import { NONCE_BYTES, decrypt, deriveKey, encrypt } from '#server/crypto/aes-gcm.ts';

/** What things are called and how they look in Redis, so that whoever reads it learns of nobody. */
export interface Names {
  /** `wecard-lookup:<school>:<kind>`, and a pseudonym of what it is about. */
  of(kind: string, about?: string): string;
  /** @param name under which it will stand: it opens under no other. */
  seal(name: string, text: string): string;
  /** @returns undefined for what was not sealed for this name by a relay of this school. */
  open(name: string, sealed: string | null): string | undefined;
}

const PSEUDONYM_LENGTH = 22;

/**
 * The keys come from the application's secret: all relays of a school have it, schools that share a Redis have
 * different ones, and it stays when session keys are rotated.
 */
export function createNames({ appSecret, ocode }: { appSecret: string; ocode: string }): Names {
  const secret = Buffer.from(appSecret);
  const nameKey = deriveKey(secret, 'shared-names', { salt: ocode });
  const valueKey = deriveKey(secret, 'shared-values', { salt: ocode });
  const pseudonym = (text: string) =>
    createHmac('sha256', nameKey).update(text).digest('base64url').slice(0, PSEUDONYM_LENGTH);
  const prefix = `wecard-lookup:${pseudonym(ocode).slice(0, 8)}`;

  return {
    of: (kind, about) =>
      about === undefined ? `${prefix}:${kind}` : `${prefix}:${kind}:${pseudonym(`${kind} ${about}`)}`,
    seal: (name, text) => encrypt(valueKey, randomBytes(NONCE_BYTES), Buffer.from(text), Buffer.from(name)),
    open: (name, sealed) =>
      sealed === null ? undefined : decrypt(valueKey, sealed, Buffer.from(name))?.toString(),
  };
}

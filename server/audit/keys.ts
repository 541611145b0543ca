import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { decrypt, deriveKey, encrypt, NONCE_BYTES } from '#server/crypto/aes-gcm.ts';

/** One secret of the operator's, taken apart: a key for each use, so that no use helps with another. */
export interface AuditKey {
  /** Names the key in a record without telling anything of it. */
  readonly id: string;
  /** Makes the chain's hashes. */
  readonly chain: KeyObject;
  /** Turns ids, keywords and card numbers into pseudonyms. */
  readonly pseudonyms: KeyObject;
  /** Encrypts reasons. */
  readonly reasons: Buffer;
}

/** Newest first: the first one writes, all of them read. */
export type AuditKeys = readonly [AuditKey, ...AuditKey[]];

/** @param secrets 32 bytes each, newest first, at least one: `AUDIT_KEY`. */
export function auditKeysOf(secrets: readonly Buffer[]): AuditKeys {
  const [newest, ...older] = secrets.map(auditKeyOf);
  if (newest === undefined) throw new Error('an audit log needs a key');
  return [newest, ...older];
}

function auditKeyOf(secret: Buffer): AuditKey {
  const keyFor = (use: string) => deriveKey(secret, `audit log/${use}`);
  return {
    id: createHmac('sha256', keyFor('key id')).digest('base64url').slice(0, 8),
    chain: createSecretKey(keyFor('chain')),
    pseudonyms: createSecretKey(keyFor('pseudonyms')),
    reasons: keyFor('reasons'),
  };
}

/** What a pseudonym stands for; the same text has another pseudonym in each. */
export type Subject = 'viewer' | 'device' | 'keyword' | 'member';

/** 22 base64url characters are 132 bits: enough that no two people of a campus ever meet. */
const PSEUDONYM_LENGTH = 22;

/** A search that opens its one hit writes two records in a row, of the same viewer, keyword and member. */
const newest = new WeakMap<AuditKey, Partial<Record<Subject, { value: string; text: string }>>>();

/** The keyed hash that stands in the log for `value`. Equal values are equal under one key. */
export function pseudonym(key: AuditKey, subject: Subject, value: string): string {
  const known = newest.get(key) ?? {};
  newest.set(key, known);
  if (known[subject]?.value !== value) known[subject] = { value, text: hashOf(key, subject, value) };
  return known[subject].text;
}

function hashOf(key: AuditKey, subject: Subject, value: string): string {
  const hmac = createHmac('sha256', key.pseudonyms).update(`${subject}\0${value}`, 'utf8');
  return hmac.digest('base64url').slice(0, PSEUDONYM_LENGTH);
}

/** A reason is free text and may name somebody: only the key's holder reads it. */
export function encryptReason(key: AuditKey, reason: string): string {
  return encrypt(key.reasons, randomBytes(NONCE_BYTES), Buffer.from(reason, 'utf8'));
}

/** Undefined when it was encrypted with another key, or changed. */
export function decryptReason(key: AuditKey, encrypted: string): string | undefined {
  return decrypt(key.reasons, encrypted)?.toString('utf8');
}

import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { AuditKey } from './keys.ts';

/** What a pseudonym stands for; the same text has another pseudonym in each. */
export type Subject = 'viewer' | 'device' | 'keyword' | 'member';

/** 22 base64url characters are 132 bits: enough that no two people of a campus ever meet. */
const PSEUDONYM_LENGTH = 22;

/** A search that opens its one hit writes two records in a row, of the same viewer, keyword and member. */
const newest = new WeakMap<AuditKey, Partial<Record<Subject, { value: string; text: string }>>>();

/** The keyed hash that stands in the trail for `value`. Equal values are equal under one key. */
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

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A reason is free text and may name somebody: only the key's holder reads it (AES-256-GCM). */
export function encryptReason(key: AuditKey, reason: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.reasons, nonce);
  const text = Buffer.concat([cipher.update(reason, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64url');
}

/** @throws Error when it was encrypted with another key, or changed. */
export function decryptReason(key: AuditKey, encrypted: string): string {
  const bytes = Buffer.from(encrypted, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key.reasons, bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
  return Buffer.concat([text, decipher.final()]).toString('utf8');
}

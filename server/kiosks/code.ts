import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Crockford's base 32: no I, L, O or U, which are read as something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 8;

/** A one-time code as it is kept: the code itself was told once and is nowhere. */
export interface HashedCode {
  /** base64 */
  readonly salt: string;
  /** base64; scrypt, so that a copied file tells no code within its ten minutes. */
  readonly hash: string;
}

/** 40 random bits: `7KQ2-9FXM`. */
export function makeCode(): string {
  const code = randomText(CODE_LENGTH);
  return `${code.slice(0, CODE_LENGTH / 2)}-${code.slice(CODE_LENGTH / 2)}`;
}

export function randomText(length: number): string {
  return Array.from(randomBytes(length), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

export async function hashCode(code: string): Promise<HashedCode> {
  const salt = randomBytes(16);
  return { salt: salt.toString('base64'), hash: (await derive(code, salt)).toString('base64') };
}

/** @param typed by a person: case, spaces and hyphens do not count, and O is 0, I and L are 1. */
export async function matchesCode(typed: string, { salt, hash }: HashedCode): Promise<boolean> {
  const expected = Buffer.from(hash, 'base64');
  const found = await derive(typed, Buffer.from(salt, 'base64'));
  return expected.length === found.length && timingSafeEqual(expected, found);
}

function derive(code: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(normalize(code), salt, 32, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

function normalize(code: string): string {
  return code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}

import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * The key beside the trail, for the embedded emulator and for relays on loopback. A school sets
 * `AUDIT_KEY`, so that key and trail do not lie in one place.
 */
const KEY_BYTES = 32;

export function keyFileOf(trailFile: string): string {
  return `${trailFile}.key`;
}

/** Undefined when none was made. */
export async function readKeyFile(trailFile: string): Promise<Buffer | undefined> {
  let text: string;
  try {
    text = await readFile(keyFileOf(trailFile), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const secret = Buffer.from(text, 'base64');
  if (secret.length === KEY_BYTES) return secret;
  throw new Error(`${keyFileOf(trailFile)} holds no key: put it back, or remove it to begin a new trail.`);
}

/** Writes a new key that only its owner can read. */
export async function makeKeyFile(trailFile: string): Promise<Buffer> {
  const secret = randomBytes(KEY_BYTES);
  await mkdir(dirname(trailFile), { recursive: true, mode: 0o700 });
  const file = await open(keyFileOf(trailFile), 'wx', 0o600);
  try {
    await file.writeFile(`${secret.toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return secret;
}

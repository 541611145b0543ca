import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The key beside the trail, for the embedded emulator and for relays on loopback. A school sets
 * `AUDIT_KEY`, so that key and trail do not lie in one place.
 */
const KEY_BYTES = 32;

/** One for all trails of a folder. */
export function keyFileOf(trailFile: string): string {
  return join(dirname(trailFile), 'audit.key');
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
  throw new Error(`${keyFileOf(trailFile)} holds no key: put it back, or remove it to begin with a new one.`);
}

/** Makes a key that only its owner can read. Of several relays that begin at once, one makes it. */
export async function makeKeyFile(trailFile: string): Promise<void> {
  const path = keyFileOf(trailFile);
  const whole = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(whole, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(KEY_BYTES).toString('base64')}\n`);
    await file.sync();
    await link(whole, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await file.close();
    await rm(whole);
  }
}

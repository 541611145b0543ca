import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A path in a folder of the test's own, where there is no file yet. */
export async function newKiosksFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kiosks-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'data', 'kiosks.json');
}

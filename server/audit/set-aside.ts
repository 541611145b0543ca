import { mkdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { exists, rotatedFiles, stemOf, syncDirectory } from './files.ts';
import { sealFileOf } from './seal.ts';

/**
 * Moves a trail that no key opens, its seal included, into a folder of its own beside it: there it is whole for
 * whoever still holds its key, and in the way of nothing. A move that was interrupted goes on into the next folder.
 *
 * @returns the folder's name: `audit.aside-1`.
 */
export async function setAside(trailFile: string): Promise<string> {
  const folder = await makeFolder(trailFile);
  const full = (await rotatedFiles(trailFile)).map(({ path }) => path);
  for (const path of [...full, trailFile, sealFileOf(trailFile)]) {
    if (await exists(path)) await rename(path, join(folder, basename(path)));
  }
  await syncDirectory(folder);
  await syncDirectory(dirname(trailFile));
  return basename(folder);
}

async function makeFolder(trailFile: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const folder = `${stemOf(trailFile)}.aside-${number}`;
    try {
      await mkdir(folder, { mode: 0o700 });
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

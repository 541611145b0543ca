import { access, open, readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';

/** `data/audit.ndjson` is written; `data/audit.000000000001.ndjson` began with record 1 and is full. */
const SEQ_DIGITS = 12;

export interface RotatedFile {
  readonly path: string;
  /** The first record's number, by the name. */
  readonly first: number;
}

export function rotatedName(trailFile: string, first: number): string {
  return `${stemOf(trailFile)}.${String(first).padStart(SEQ_DIGITS, '0')}${extname(trailFile)}`;
}

/** `data/audit` */
export function stemOf(trailFile: string): string {
  return trailFile.slice(0, trailFile.length - extname(trailFile).length);
}

/** The full files of a trail, oldest first. */
export async function rotatedFiles(trailFile: string): Promise<RotatedFile[]> {
  const extension = extname(trailFile);
  const prefix = `${basename(trailFile, extension)}.`;
  const names = await readdir(dirname(trailFile)).catch(nothingThere);
  return names
    .filter((name) => name.startsWith(prefix) && name.endsWith(extension))
    .map((name) => ({ name, digits: name.slice(prefix.length, name.length - extension.length) }))
    .filter(({ digits }) => /^\d{12,}$/.test(digits))
    .map(({ name, digits }) => ({ path: join(dirname(trailFile), name), first: Number(digits) }))
    .sort((a, b) => a.first - b.first);
}

/** Makes names in a directory last: without it a new or renamed file may be gone after a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open a directory, and keeps names by itself.
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function nothingThere(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

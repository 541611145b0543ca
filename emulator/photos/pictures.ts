/// <reference types="vite/types/importMeta.d.ts" />
import { readdirSync, readFileSync } from 'node:fs';

export type Pictures = ReadonlyMap<string, Buffer>;

/**
 * Every picture by its file name.
 *
 * Vite (the build and Vitest) writes the pictures into the module itself, so that the bundle has no
 * files to look for wherever it is put; under plain Node or tsx there is no `import.meta.env`, and
 * they are read from the folder beside this file.
 */
export function readPictures(): Pictures {
  // The types promise what only Vite keeps.
  const isBuiltByVite = (import.meta as { env?: unknown }).env !== undefined;
  return isBuiltByVite ? inlinedPictures() : picturesOnDisk();
}

function inlinedPictures(): Pictures {
  const inlined = import.meta.glob<string>('./files/*.webp', {
    query: '?inline',
    import: 'default',
    eager: true,
  });
  const pictures = Object.entries(inlined).map(([path, dataUrl]): [string, Buffer] => [
    path.slice(path.lastIndexOf('/') + 1),
    Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64'),
  ]);
  return new Map(pictures);
}

function picturesOnDisk(): Pictures {
  const folder = new URL('./files/', import.meta.url);
  return new Map(readdirSync(folder).map((file) => [file, readFileSync(new URL(file, folder))]));
}

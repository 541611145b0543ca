import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/**
 * Writes `.br` and `.gz` beside the client's text files, at the best and slowest settings: the relay, and nginx with
 * `brotli_static` or `gzip_static`, send them as they are. Not the page: it is filled in after the build.
 */
export function precompress(): Plugin {
  return {
    name: 'precompress',
    writeBundle({ dir = 'dist/client' }) {
      for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
        const isText = /\.(js|css|svg|json|webmanifest|txt|html|wasm)$/.test(entry.name);
        if (!entry.isFile() || !isText || entry.name === 'index.html') continue;
        const file = join(entry.parentPath, entry.name);
        const bytes = readFileSync(file);
        if (bytes.length < 512) continue;
        writeFileSync(`${file}.br`, brotliCompressSync(bytes));
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

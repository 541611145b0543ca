import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import type { Encoding } from './encoding.ts';

const TYPES: Readonly<Partial<Record<string, string>>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

const ENCODED: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };

export interface Asset {
  type: string;
  cacheControl: string;
  etag: string;
  body: Buffer;
  /** What the build compressed. */
  encoded: Partial<Record<Encoding, Buffer>>;
}

/** A built client: its page, and every other file by its path. */
export interface Client {
  /** `index.html` as it was built. */
  page: string;
  assets: ReadonlyMap<string, Asset>;
}

/**
 * Reads `dist/client` into memory, some hundred kilobytes. A path is looked up, never opened, so no request can leave
 * the folder.
 *
 * @returns undefined when nothing was built there.
 */
export function loadClient(folder: string): Client | undefined {
  if (!existsSync(join(folder, 'index.html'))) return undefined;
  const names = filesIn(folder);
  const assets = new Map<string, Asset>();
  for (const name of names) {
    const type = TYPES[extname(name)];
    // The page is filled in by its own route; what has no type here is no part of the app.
    if (type === undefined || name === 'index.html') continue;
    assets.set(name, loadAsset(folder, name, type, names));
  }
  return { page: readFileSync(join(folder, 'index.html'), 'utf8'), assets };
}

function loadAsset(folder: string, name: string, type: string, names: ReadonlySet<string>): Asset {
  const body = readFileSync(join(folder, name));
  const encoded: Asset['encoded'] = {};
  for (const [encoding, suffix] of Object.entries(ENCODED)) {
    if (names.has(name + suffix)) encoded[encoding as Encoding] = readFileSync(join(folder, name + suffix));
  }
  return { type, cacheControl: cacheControlOf(name), etag: etagOf(body), body, encoded };
}

/** Vite puts a hash of the content into the name of what it writes to `assets/`. */
function cacheControlOf(name: string): string {
  if (name.startsWith('assets/')) return 'public, max-age=31536000, immutable';
  return name.endsWith('.html') ? 'no-cache' : 'public, max-age=3600';
}

export function etagOf(body: Buffer | string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}

function filesIn(folder: string): Set<string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length));
  return new Set(paths.map((path) => path.split(sep).filter(Boolean).join('/')));
}

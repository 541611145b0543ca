import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { inlineHashes } from '../../server/http/page.ts';
import { securityHeaders } from '../../server/http/security-headers.ts';

/** What another web server than the relay sends with the page. Beside the client, so that it is not served. */
const FILE = 'dist/headers.txt';

/** Any address that is https, as a static host's is. */
const HTTPS = new URL('https://campus.example/');

/** Writes the relay's own headers, the hashes of this build's page in them, one a line. */
export function pageHeaders(): Plugin {
  return {
    name: 'page-headers',
    writeBundle({ dir = 'dist/client' }) {
      const inline = inlineHashes(readFileSync(join(dir, 'index.html'), 'utf8'));
      // How long a file is kept is its own affair.
      const headers = Object.entries(securityHeaders({ publicUrl: HTTPS, inline })).filter(
        ([name]) => name !== 'cache-control',
      );
      const lines = headers.map(([name, value]) => `${name}: ${value}\n`);
      writeFileSync(FILE, lines.join(''));
    },
  };
}

import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { CLIENT_BUILD } from './client-build.ts';

const NAME = 'kiosk-worker.js';

/**
 * Writes the kiosk's service worker beside the page, with the names of the files that it keeps: all
 * scripts and styles, each of which has a hash in its name.
 */
export function kioskWorker(): Plugin {
  return {
    name: 'kiosk-worker',
    ...CLIENT_BUILD,
    buildStart() {
      this.emitFile({ type: 'chunk', id: 'src/kiosk/alive/worker.ts', fileName: NAME });
    },
    generateBundle: {
      // After whatever takes files away.
      order: 'post',
      handler(_options, bundle) {
        const files = Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css)$/.test(name));
        const version = createHash('sha256').update(files.sort().join('\n')).digest('hex').slice(0, 12);
        const worker = bundle[NAME];
        if (worker?.type !== 'chunk') throw new Error('The kiosk has lost its service worker');
        worker.code = worker.code.replace('__SHELL__', () => JSON.stringify({ version, files }));
      },
    },
  };
}

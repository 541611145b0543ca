import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { buildScript } from './build-script.ts';

/**
 * Writes the kiosk's service worker beside the page, with the names of the files that it keeps: all
 * scripts and styles, each of which has a hash in its name.
 *
 * @param target the oldest engines, as for the app itself: a page's polyfills never reach a worker.
 */
export function kioskWorker(target: string[]): Plugin {
  return {
    name: 'kiosk-worker',
    generateBundle: {
      // After whatever takes files away.
      order: 'post',
      async handler(_options, bundle) {
        const files = Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css)$/.test(name));
        const version = createHash('sha256').update(files.sort().join('\n')).digest('hex').slice(0, 12);
        const code = await buildScript('src/kiosk/watchdog/worker.ts', target);
        if (!code.includes('__SHELL__')) throw new Error('The kiosk’s worker no longer asks for its files');
        this.emitFile({
          type: 'asset',
          fileName: 'kiosk-worker.js',
          source: code.replace('__SHELL__', () => JSON.stringify({ version, files })),
        });
      },
    },
  };
}

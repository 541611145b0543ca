import type { Plugin } from 'vite';
import { CLIENT_BUILD } from './client-build.ts';

const HELPER = 'vite/preload-helper';

/** In Vite's loader of lazy files: what it does when a stylesheet failed, and what it should do. */
const CHANGES = [
  [/(\(err\) => \{\s*)seen\[href\] = void 0;/, '$1delete seen[href];'],
  [/if \(e\.type === "error"\) rej\((.*)\);/, 'if (e.type === "error") { link.remove(); rej($1); }'],
] as const;

/**
 * Vite takes a stylesheet that could not be fetched for there: the screen that needs it, opened once
 * the network is back, would stand without its styles. So it is fetched anew, as the script is.
 */
export function retriedStyles(): Plugin {
  return {
    name: 'retried-styles',
    ...CLIENT_BUILD,
    transform(code, id) {
      if (!id.includes(HELPER)) return undefined;
      return CHANGES.reduce((changed, [found, wanted]) => {
        if (!found.test(changed)) throw new Error(`Vite's loader has changed: ${found.source}`);
        return changed.replace(found, wanted);
      }, code);
    },
  };
}

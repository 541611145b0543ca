import type { Plugin } from 'vite';
import { buildScript } from './build-script.ts';

const SOURCE = /\s*<script type="module" src="\/src\/preboot\/main\.ts"><\/script>/;

/**
 * Puts `src/preboot/main.ts` into the page's head as an inline script: it has run before anything is
 * painted. Its hash is in the relay's CSP.
 *
 * @param target the oldest engines, as for the app itself.
 */
export function prebootScript(target: string[]): Plugin[] {
  return [
    {
      name: 'preboot-script:out-of-the-bundle',
      transformIndexHtml: {
        order: 'pre',
        handler: (html) => {
          if (!SOURCE.test(html)) throw new Error('index.html has lost its preboot script');
          return html.replace(SOURCE, '');
        },
      },
    },
    {
      name: 'preboot-script:into-the-page',
      transformIndexHtml: {
        order: 'post',
        handler: async () => {
          const code = await buildScript('src/preboot/main.ts', target);
          if (code.includes('</script')) throw new Error('The preboot script would end its own element');
          return [{ tag: 'script', injectTo: 'head', children: code }];
        },
      },
    },
  ];
}

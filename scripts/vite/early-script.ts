import { build } from 'vite';
import type { Plugin } from 'vite';
import { CLIENT_BUILD } from './client-build.ts';

const SOURCE = /\s*<script type="module" src="\/src\/early\/main\.ts"><\/script>/;

/**
 * Puts `src/early/main.ts` into the page's head as an inline script: it has run before anything is
 * painted. Its hash is in the relay's CSP.
 *
 * @param target the oldest engines, as for the app itself.
 */
export function earlyScript(target: string[]): Plugin[] {
  return [
    {
      ...CLIENT_BUILD,
      name: 'early-script:out-of-the-bundle',
      transformIndexHtml: {
        order: 'pre',
        handler: (html) => {
          if (!SOURCE.test(html)) throw new Error('index.html has lost its early script');
          return html.replace(SOURCE, '');
        },
      },
    },
    {
      ...CLIENT_BUILD,
      name: 'early-script:into-the-page',
      transformIndexHtml: {
        order: 'post',
        handler: async () => [{ tag: 'script', injectTo: 'head', children: await bundle(target) }],
      },
    },
  ];
}

async function bundle(target: string[]): Promise<string> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      write: false,
      target,
      modulePreload: false,
      rolldownOptions: { input: 'src/early/main.ts', output: { format: 'iife' } },
    },
  });
  if (!('output' in built)) throw new Error('The early script was not built at once');
  const [{ code }] = built.output;
  if (code.includes('</script')) throw new Error('The early script would end its own element');
  return code.trim();
}

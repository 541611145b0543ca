import type { Plugin } from 'vite';
import { CLIENT_BUILD } from './client-build.ts';

const FILE = /\s*<(?:script type="module"[^>]*><\/script|link rel="modulepreload"[^>]*)>/g;

/** Sets aside what fetches the app: `src/early/app-files.ts` puts it into the page once the screen is painted. */
export function appFiles(): Plugin {
  return {
    name: 'app-files',
    ...CLIENT_BUILD,
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const files = html.match(FILE) ?? [];
        if (files.length === 0) throw new Error('The page fetches no app');
        const template = `\n    <template id="app-files">${files.join('')}\n    </template>`;
        // Ahead of the inline script, which looks for it at once.
        return html.replace(FILE, (file) => (file === files[0] ? template : ''));
      },
    },
  };
}

import vue from '@vitejs/plugin-vue';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import type { Plugin } from 'vite';
import { CLIENT_BUILD } from '../client-build.ts';

const ROOT = '<div id="app"></div>';

/**
 * Renders the search screen into the page: it is painted, and its box used, before any script file is
 * there. `src/early/` fits it to the settings or takes it away; the app takes it over as it stands.
 */
export function prerender(): Plugin {
  return {
    name: 'prerender',
    ...CLIENT_BUILD,
    transformIndexHtml: {
      order: 'post',
      async handler(html) {
        if (!html.includes(ROOT)) throw new Error('index.html has lost its root');
        const screen = await render();
        return html.replace(
          ROOT,
          () => `<div id="app" class="prerendered">${screen}</div><script>wecardLookup.dress()</script>`,
        );
      },
    },
  };
}

async function render(): Promise<string> {
  const { module } = await runnerImport<{ renderSearchScreen: () => Promise<string> }>(
    join(import.meta.dirname, 'screen.ts'),
    {
      mode: 'production',
      configFile: false,
      plugins: [withoutStyles(), vue({ isProduction: true })],
      define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
    },
  );
  return module.renderSearchScreen();
}

/** Markup alone is rendered; the styles are the client build's. */
function withoutStyles(): Plugin {
  const nothing = '\0no-style';
  return {
    name: 'without-styles',
    enforce: 'pre',
    resolveId: (source) => (/[.&]css$/.test(source) ? nothing : undefined),
    load: (id) => (id === nothing ? '' : undefined),
  };
}

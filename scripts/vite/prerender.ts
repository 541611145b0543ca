import vue from '@vitejs/plugin-vue';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import type { Plugin } from 'vite';

const ROOT = '<div id="app"></div>';
const SCREEN = join(import.meta.dirname, 'prerender-screen.ts');

interface Screen {
  renderSearchScreen: () => Promise<string>;
}

/**
 * Renders the search screen into the page: it is painted, and its box used, before any script file is
 * there. The app hydrates it as it stands, while developing as well.
 */
export function prerender(): Plugin {
  return {
    name: 'prerender',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { server }) {
        if (!html.includes(ROOT)) throw new Error('index.html has lost its root');
        const { renderSearchScreen } =
          server === undefined ? await importBuilt() : ((await server.ssrLoadModule(SCREEN)) as Screen);
        const screen = await renderSearchScreen();
        return html.replace(ROOT, () => `<div id="app" class="prerendered">${screen}</div>`);
      },
    },
  };
}

async function importBuilt(): Promise<Screen> {
  const { module } = await runnerImport<Screen>(SCREEN, {
    mode: 'production',
    configFile: false,
    plugins: [withoutStyles(), vue({ isProduction: true })],
    define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
    // Its parts are folders to import from, which Node by itself takes for no modules.
    resolve: { noExternal: ['vant', '@vant/use'] },
  });
  return module;
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

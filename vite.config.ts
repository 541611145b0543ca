import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { appFiles } from './scripts/vite/app-files.ts';
import { CHUNKS } from './scripts/vite/chunks.ts';
import { compileHint } from './scripts/vite/compile-hint.ts';
import { earlyScript } from './scripts/vite/early-script.ts';
import { inlineStyles } from './scripts/vite/inline-styles.ts';
import { kioskWorker } from './scripts/vite/kiosk-worker.ts';
import { leanLibraries } from './scripts/vite/lean-libraries.ts';
import { precompress } from './scripts/vite/precompress.ts';
import { preloads, stillToCome } from './scripts/vite/preloads.ts';
import { prerender } from './scripts/vite/prerender/plugin.ts';
import { retriedStyles } from './scripts/vite/retried-styles.ts';

/** The oldest engines that run native modules in the field: WebViews of Android 8 and iOS 12. */
const TARGET = ['chrome64', 'safari12'];

/** One build for both halves: `dist/client` for browsers, `dist/server` for Node, each complete in itself. */
export default defineConfig({
  base: './',
  plugins: [
    vue(),
    leanLibraries(),
    retriedStyles(),
    earlyScript(TARGET),
    inlineStyles(),
    preloads(['src/locales/zh-CN.ts']),
    appFiles(),
    prerender(),
    compileHint(),
    kioskWorker(),
    precompress(),
  ],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
  },
  builder: {
    // Vite always knows an environment `ssr` too, which is none of ours.
    async buildApp(builder) {
      const { client, server } = builder.environments;
      if (client === undefined || server === undefined) throw new Error('Both halves are configured below.');
      await builder.build(client);
      await builder.build(server);
    },
  },
  environments: {
    client: {
      build: {
        outDir: 'dist/client',
        // What loads what: the size budget reads it.
        manifest: true,
        target: TARGET,
        assetsInlineLimit: 0,
        // The floor has no module preload: what it misses is time, and the polyfill costs everybody bytes.
        modulePreload: { polyfill: false, resolveDependencies: stillToCome },
        rolldownOptions: {
          output: { codeSplitting: { groups: CHUNKS, includeDependenciesRecursively: false } },
        },
      },
    },
    server: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        outDir: 'dist/server',
        target: 'node20.19',
        copyPublicDir: false,
        rolldownOptions: {
          input: {
            main: 'server/main.ts',
            emulator: 'emulator/main.ts',
            audit: 'server/audit/cli.ts',
            kiosk: 'server/kiosks/cli.ts',
          },
          platform: 'node',
        },
      },
    },
  },
});

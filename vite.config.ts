import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import type { Plugin, Rolldown } from 'vite';
import { inlineStyles } from './scripts/vite/inline-styles.ts';
import { kioskWorker } from './scripts/vite/kiosk-worker.ts';
import { pageHeaders } from './scripts/vite/page-headers.ts';
import { prebootScript } from './scripts/vite/preboot-script.ts';
import { precompress } from './scripts/vite/precompress.ts';
import { prerender } from './scripts/vite/prerender.ts';

/** The oldest engines that run native modules in the field: WebViews of Android 8 and iOS 12. */
const TARGET = ['chrome64', 'safari12'];

const LIBRARIES = 'libraries';

/**
 * Nearly all of the libraries runs at once: Chromium (136 and later) compiles the file whole, beside the main thread
 * while it comes, in place of each function at its first call there. https://v8.dev/blog/explicit-compile-hints
 */
const COMPILE_AHEAD = '//# allFunctionsCalledOnLoad';

/**
 * The app starts from two files, its libraries and its own; the rest is split by what people open, the styles of
 * which are one more. A long list brings its own few: it is drawn while somebody waits.
 */
const CHUNKS = [
  { name: LIBRARIES, tags: ['$initial'], test: /node_modules/, priority: 3 },
  { name: 'app', tags: ['$initial'], priority: 2 },
  { name: 'screens', test: /^(?!.*(\/kiosk\/|VirtualResults)).*(\.css$|&type=style)/, priority: 1 },
] satisfies Rolldown.CodeSplittingGroup[];

/** One build for both halves: `dist/client` for browsers, `dist/server` for Node, each complete in itself. */
export default defineConfig({
  base: './',
  plugins: [
    vue(),
    prerender(),
    ...[prebootScript(TARGET), inlineStyles(), kioskWorker(TARGET), precompress(), pageHeaders()]
      .flat()
      .map(inClientBuild),
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
        modulePreload: { polyfill: false },
        rolldownOptions: {
          output: {
            codeSplitting: { groups: CHUNKS },
            postBanner: ({ name }) => (name === LIBRARIES ? COMPILE_AHEAD : ''),
          },
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
            'audit-log': 'server/audit/cli.ts',
            kiosk: 'server/kiosks/cli.ts',
            policy: 'server/policy/cli.ts',
            doctor: 'server/doctor/cli.ts',
            conformance: 'conformance/main.ts',
          },
          platform: 'node',
        },
      },
    },
  },
});

/** Where the plugins apply that write the browsers' half. */
function inClientBuild(plugin: Plugin): Plugin {
  return { ...plugin, apply: 'build', applyToEnvironment: ({ name }) => name === 'client' };
}

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

/** The app starts from one file; the rest is split by what people open, the styles of which are one more. */
const CHUNKS = [
  { name: 'app', tags: ['$initial'], priority: 2 },
  { name: 'app', test: /rolldown\/runtime/, priority: 2 },
  { name: 'screens', test: /^(?!.*\/kiosk\/).*(\.css$|&type=style)/, priority: 1 },
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
        rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
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

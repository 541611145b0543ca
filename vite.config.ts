import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { kioskWorker } from './scripts/kiosk-worker.ts';

/** Few files, each with what is needed at the same moment. */
const CHUNKS = [
  { name: 'vue', test: /node_modules\/(@vue|vue|vue-router|pinia)\/|preload-helper/ },
  {
    name: 'results',
    test: new RegExp(
      [
        'src/components/(feedback|search/(SearchOutcome|Plain|Result|Filter))',
        'src/components/member/(MemberCard|MemberAvatar|IdentityTag|CardMarks)',
        'src/format/(date|initials|marks)',
        'lucide/.*/(ban|chevron-down|circle-alert|clock|snowflake|wifi-off)\\.',
      ].join('|'),
    ),
  },
];

/** One build for both halves: `dist/client` for browsers, `dist/server` for Node, each complete in itself. */
export default defineConfig({
  base: './',
  plugins: [vue(), withoutAxiosFetch(), preloadedWords(), kioskWorker(), precompress()],
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
        // The oldest engines that run native modules in the field: WebViews of Android 8 and iOS 12.
        target: ['chrome64', 'safari12'],
        assetsInlineLimit: 0,
        // The floor has no module preload: what it misses is time, and the polyfill costs everybody bytes.
        modulePreload: { polyfill: false },
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

/** axios brings an adapter for fetch that no browser reaches while there is XMLHttpRequest: 4 KB of brotli. */
function withoutAxiosFetch(): Plugin {
  const stub = '\0axios-without-fetch';
  return {
    name: 'axios-without-fetch',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    resolveId: (source, importer) =>
      source === './fetch.js' && importer?.includes('/axios/lib/adapters/') ? stub : undefined,
    load: (id) => (id === stub ? 'export const getFetch = () => null;' : undefined),
  };
}

/** The words are asked for by the first script; most viewers' own come beside it, not a round trip later. */
function preloadedWords(): Plugin {
  return {
    name: 'preloaded-words',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) =>
        Object.values(bundle)
          .filter((file) => file.type === 'chunk' && file.facadeModuleId?.endsWith('/src/locales/zh-CN.ts'))
          .map(({ fileName }) => ({
            tag: 'link',
            // After <base>, which its address is relative to.
            injectTo: 'head' as const,
            attrs: { rel: 'modulepreload', crossorigin: true, href: `./${fileName}` },
          })),
    },
  };
}

/**
 * Writes `.br` and `.gz` beside the client's text files, at the best and slowest settings: the relay, and nginx with
 * `brotli_static` or `gzip_static`, send them as they are. Not the page: it is filled in after the build.
 */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    writeBundle({ dir = 'dist/client' }) {
      for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
        const isText = /\.(js|css|svg|json|webmanifest|txt|html|wasm)$/.test(entry.name);
        if (!entry.isFile() || !isText || entry.name === 'index.html') continue;
        const file = join(entry.parentPath, entry.name);
        const bytes = readFileSync(file);
        if (bytes.length < 512) continue;
        writeFileSync(`${file}.br`, brotliCompressSync(bytes));
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

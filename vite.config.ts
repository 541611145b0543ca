import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

/** One build for both halves: `dist/client` for browsers, `dist/server` for Node, each complete in itself. */
export default defineConfig({
  base: './',
  plugins: [vue()],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
  },
  builder: {},
  environments: {
    client: {
      build: {
        outDir: 'dist/client',
        // The oldest engines that run native modules in the field: WebViews of Android 8 and iOS 12.
        target: ['chrome64', 'safari12'],
        assetsInlineLimit: 0,
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
          input: { main: 'server/main.ts', emulator: 'emulator/main.ts' },
          platform: 'node',
        },
      },
    },
  },
});

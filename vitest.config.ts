import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** Room for a machine that has other things to do: what waits, waits for what happens. */
const ROOM = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // Most of the time is waiting for sockets and clocks: more workers than a small machine has cores.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          environment: 'node',
          ...ROOM,
        },
      },
      {
        plugins: [vue()],
        test: {
          name: 'components',
          include: ['tests/components/**/*.test.ts'],
          environment: 'happy-dom',
          setupFiles: ['tests/support/components.ts'],
          ...ROOM,
        },
      },
      {
        test: {
          name: 'server',
          include: ['tests/{server,emulator,conformance}/**/*.test.ts'],
          environment: 'node',
          ...ROOM,
        },
      },
    ],
  },
});

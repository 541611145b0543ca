import type { Plugin } from 'vite';

/** Where the plugins that write the browsers' half apply: when it is built. */
export const CLIENT_BUILD = {
  apply: 'build',
  applyToEnvironment: ({ name }) => name === 'client',
} satisfies Partial<Plugin>;

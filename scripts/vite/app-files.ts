import type { Plugin } from 'vite';

const FILE = /\s*<(?:script type="module"[^>]*><\/script|link rel="modulepreload"[^>]*)>/g;

/** Sets aside what fetches the app: `src/early/app-files.ts` puts it into the page once the screen is painted. */
export function appFiles(): Plugin {
  return {
    name: 'app-files',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const files = html.match(FILE) ?? [];
        if (files.length === 0) throw new Error('The page fetches no app');
        const rest = html.replace(FILE, '');
        const template = `<template id="app-files">${files.join('')}\n    </template>\n  </head>`;
        return rest.replace('</head>', () => template);
      },
    },
  };
}

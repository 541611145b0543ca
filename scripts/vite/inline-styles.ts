import { basename } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

const LINK = /\s*<link rel="stylesheet"[^>]*href="\.\/([^"]+)"[^>]*>/g;

/** The first screen's styles come in the page itself: a file of their own would cost a round trip before the first paint. */
export function inlineStyles(): Plugin {
  const inlined = new Set<string>();
  return {
    name: 'inline-styles',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const page = html.replace(LINK, (_link, name: string) => {
          const file = bundle[name];
          if (file?.type !== 'asset') throw new Error(`${name} is no style sheet of this build`);
          inlined.add(name);
          return `\n    <style>${String(file.source).trim()}</style>`;
        });
        if (inlined.size === 0) throw new Error('The page has no styles to inline');
        return page;
      },
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const name of inlined) forget(bundle, name);
      },
    },
  };
}

/**
 * Takes the file away. What is loaded later lists it among its own needs; there the script that it
 * belonged to takes its place, which is loaded long before.
 */
function forget(bundle: Rolldown.OutputBundle, name: string): void {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const owner = chunks.find(({ viteMetadata }) => viteMetadata?.importedCss.has(name));
  if (owner === undefined) throw new Error(`No script belongs to ${name}`);
  for (const chunk of chunks)
    chunk.code = chunk.code.replaceAll(`"./${basename(name)}"`, () => `"./${basename(owner.fileName)}"`);
  Reflect.deleteProperty(bundle, name);
}

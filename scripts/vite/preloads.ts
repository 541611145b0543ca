import type { ModulePreloadOptions, Plugin } from 'vite';
import { FIRST_FILES } from './chunks.ts';
import { CLIENT_BUILD } from './client-build.ts';

type ResolveDependencies = NonNullable<ModulePreloadOptions['resolveDependencies']>;

/** A lazy file need not fetch again what the app has started from. */
export const stillToCome: ResolveDependencies = (_file, dependencies, { hostType }) =>
  hostType === 'html' ? dependencies : dependencies.filter((name) => !FIRST_FILES.test(name));

/**
 * What the first script asks for as soon as it runs comes beside it, not a round trip later.
 *
 * @param modules sources in the chunks that are meant, from the project's root: "src/…".
 */
export function preloads(modules: readonly string[]): Plugin {
  return {
    name: 'preloads',
    ...CLIENT_BUILD,
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const files = new Set(
          modules.flatMap((module) => {
            const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(`/${module}`)));
            if (chunk === undefined) throw new Error(`${module} is in no chunk of the build`);
            return [chunk.fileName, ...chunk.imports];
          }),
        );
        return [...files]
          .filter((name) => !html.includes(name))
          .map((name) => ({
            tag: 'link',
            // After <base>, which its address is relative to.
            injectTo: 'head' as const,
            attrs: { rel: 'modulepreload', crossorigin: true, href: `./${name}` },
          }));
      },
    },
  };
}

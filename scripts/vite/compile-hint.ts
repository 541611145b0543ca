import type { Plugin } from 'vite';
import { FIRST_FILES } from './chunks.ts';
import { CLIENT_BUILD } from './client-build.ts';

const HINT = '//# allFunctionsCalledOnLoad\n';

/**
 * Nearly all that the app starts from runs at once: Chromium (136 and later) compiles these files whole,
 * beside the main thread while they come, instead of each function as it is first called. To others it is
 * a comment. https://v8.dev/blog/explicit-compile-hints
 */
export function compileHint(): Plugin {
  return {
    name: 'compile-hint',
    ...CLIENT_BUILD,
    generateBundle: {
      // It counts at the top of the file only, where Vite has put its list of files by then.
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === 'chunk' && FIRST_FILES.test(file.fileName)) file.code = HINT + file.code;
        }
      },
    },
  };
}

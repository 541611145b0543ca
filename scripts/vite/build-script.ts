import { build } from 'vite';

/**
 * One source and all that it imports as a script of its own, for the oldest engines, as the app is.
 *
 * @param input from the project's root.
 * @param target as Vite's `build.target`.
 */
export async function buildScript(input: string, target: string[]): Promise<string> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      write: false,
      target,
      modulePreload: false,
      rolldownOptions: { input, output: { format: 'iife' } },
    },
  });
  if (!('output' in built)) throw new Error(`${input} was not built at once`);
  const [{ code }] = built.output;
  return code.trim();
}

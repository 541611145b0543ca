import { createBackend } from './backend.ts';
import { connectEmulator } from './emulator.ts';
import type { EmulatorControl } from './emulator.ts';
import { USAGE, UsageError, readOptions } from './options.ts';
import type { Options } from './options.ts';
import { POINTS } from './points/index.ts';
import { lineOf, summaryOf } from './report.ts';
import { checkPoints } from './run.ts';
import type { Result } from './run.ts';

interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** @returns the exit code: 0 when all that applies holds, 1 when a point fails, 2 when nothing could be checked. */
export async function runConformance(args: readonly string[], { out, err }: Streams): Promise<number> {
  try {
    const options = readOptions(args);
    const results = await check(options, (result) => {
      if (!options.isJson) out(lineOf(result));
    });
    const failed = results.filter(({ result }) => result === 'failed').length;
    out(
      options.isJson
        ? `${JSON.stringify({ endpoint: options.endpoint.href, failed, points: results }, null, 2)}\n`
        : `\n${summaryOf(results)}\n`,
    );
    return failed === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    err(`${error.message}\n\n${USAGE}`);
    return 2;
  }
}

async function check(options: Options, tell: (result: Result) => void): Promise<Result[]> {
  const { members, origin, isRelay, only } = options;
  const emulator = await emulatorOf(options);
  const points = only.length === 0 ? POINTS : POINTS.filter(({ id }) => only.includes(id));
  const results: Result[] = [];
  try {
    const context = { backend: createBackend(options), members, emulator, origin, isRelay };
    for await (const result of checkPoints(points, context)) {
      tell(result);
      results.push(result);
    }
  } finally {
    await emulator?.restore();
  }
  return results;
}

async function emulatorOf({ emulator }: Options): Promise<EmulatorControl | undefined> {
  if (emulator === undefined) return undefined;
  try {
    return await connectEmulator(emulator);
  } catch (error) {
    throw new UsageError(`There is no emulator at ${emulator.origin}: ${String(error)}`);
  }
}

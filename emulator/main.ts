import { parseArgs } from 'node:util';
import { APP_KEY, APP_SECRET, OCODE } from './applications.ts';
import { readCampusOptions, readWhole } from './options.ts';
import { startEmulator } from './start.ts';

/** The emulator alone: `npm run emulator`, or `node dist/server/emulator.js [--port N] [--host H]`. */
await main();

async function main(): Promise<void> {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string' }, host: { type: 'string' } } });
    const emulator = await startEmulator({
      port: readWhole('PORT', values.port ?? process.env.PORT, 65_535) ?? 3100,
      host: values.host ?? process.env.HOST ?? '127.0.0.1',
      ...readCampusOptions(process.env),
    });
    console.log(`The WeCard emulator is ready: ${emulator.url}
${emulator.campus.size} members, all of them invented. To point an application at it:

  WECARD_BASE_URL=${emulator.url}
  WECARD_APP_KEY=${APP_KEY}
  WECARD_APP_SECRET=${APP_SECRET}
  WECARD_OCODE=${OCODE}
`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.close());
  } catch (error) {
    console.error(problem(error));
    process.exitCode = 1;
  }
}

function problem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const taken = 'code' in error && error.code === 'EADDRINUSE';
  return taken ? 'The port is in use: set PORT to another.' : error.message;
}

import { parseArgs } from 'node:util';
import { APP_KEY, APP_SECRET, OCODE } from './applications.ts';
import { readCampusOptions, readWhole } from './options.ts';
import { Invalid } from './platform/invalid.ts';
import { startEmulator } from './start.ts';

const USAGE = `npm run emulator [-- options]

  --port N      where it listens (3100; 0 for any free port)
  --host H      on which address (127.0.0.1)
  --members N   how many people the campus has (20000)
  --seed N      any whole number gives another campus
  --messy       names and values as schools write them, too
`;

/** The emulator alone: `npm run emulator`, or `node dist/server/emulator.js`. */
await main();

async function main(): Promise<void> {
  try {
    const { messy, help, ...values } = readArguments();
    if (help === true) {
      console.log(USAGE);
      return;
    }
    const campus = readCampusOptions(process.env, values);
    const emulator = await startEmulator({
      port: readPort(values.port) ?? 3100,
      host: values.host ?? process.env.HOST ?? '127.0.0.1',
      ...campus,
      messy: messy === true || campus.messy === true,
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

/** @throws Invalid with the usage. */
function readArguments() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = { port: text, host: text, members: text, seed: text, messy: flag, help: flag };
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new Invalid(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function readPort(option: string | undefined): number | undefined {
  const [name, value] = option === undefined ? ['PORT', process.env.PORT] : ['--port', option];
  return readWhole(name, value, 65_535);
}

function problem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const taken = 'code' in error && error.code === 'EADDRINUSE';
  return taken ? 'The port is in use: name another (--port, or PORT).' : error.message;
}

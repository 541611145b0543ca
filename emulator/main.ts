import { parseArgs } from 'node:util';
import { APP_KEY, APP_SECRET, OCODE } from './applications.ts';
import { startEmulator } from './start.ts';

const { values } = parseArgs({ options: { port: { type: 'string' }, host: { type: 'string' } } });

/** A whole number from a flag or a variable. */
function whole(name: string, value: string | undefined, usual: number | undefined): number | undefined {
  if (value === undefined || value === '') return usual;
  if (!/^\d+$/.test(value)) {
    console.error(`${name} must be a whole number, not "${value}".`);
    process.exit(1);
  }
  return Number(value);
}

const port = whole('PORT', values.port ?? process.env.PORT, 3100) ?? 3100;
const members = whole('EMULATOR_MEMBERS', process.env.EMULATOR_MEMBERS, undefined);
const seed = whole('EMULATOR_SEED', process.env.EMULATOR_SEED, undefined);

try {
  const emulator = await startEmulator({
    port,
    host: values.host ?? process.env.HOST ?? '127.0.0.1',
    ...(members === undefined ? {} : { members }),
    ...(seed === undefined ? {} : { seed }),
  });
  console.log(`WeCard emulator: ${emulator.url}, ${emulator.campus.size} members, all invented.

  WECARD_BASE_URL=${emulator.url}
  WECARD_APP_KEY=${APP_KEY}
  WECARD_APP_SECRET=${APP_SECRET}
  WECARD_OCODE=${OCODE}
`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.close());
} catch (error) {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(taken ? `Port ${port} is in use: set PORT to another.` : error);
  process.exit(1);
}

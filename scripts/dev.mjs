/** `npm run dev`: start, with hot reload of both halves. Vite serves the app and hands the rest to the relay. */
import { spawn } from 'node:child_process';
import { fail, prepare } from './lib/prepare.mjs';

prepare();

const PORT = Number(process.env.PORT ?? 3000);
const RELAY_PORT = PORT + 1;
const address = `http://localhost:${PORT}`;

const relay = spawn(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'watch', 'server/main.ts'], {
  env: { ...process.env, PORT: String(RELAY_PORT), PUBLIC_URL: address },
  stdio: ['ignore', 'inherit', 'inherit'],
});
relay.once('exit', (code) => process.exit(code ?? 0));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => relay.kill(signal));

const { createServer } = await import('vite');
const vite = await createServer({
  server: {
    port: PORT,
    strictPort: true,
    proxy: Object.fromEntries(
      ['/api', '/auth', '/kiosk/enrol', '/healthz', '/readyz'].map((path) => [
        path,
        `http://127.0.0.1:${RELAY_PORT}`,
      ]),
    ),
  },
});
try {
  await vite.listen();
} catch (error) {
  relay.kill();
  fail(`The app cannot be served at ${address}: ${error.message}`);
}
process.stdout.write(`\nwecard-lookup, with hot reload: ${address}\n`);

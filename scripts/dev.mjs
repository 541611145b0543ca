/** `npm run dev`: start, with hot reload of both halves. Vite serves the app and hands the rest to the relay. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fail, prepare } from './lib/prepare.mjs';

// The relay fills the settings into a built page, of whatever age.
prepare({ build: !existsSync('dist/client/index.html') });

const PORT = Number(process.env.PORT ?? 3000);
const RELAY_PORT = PORT + 1;
const address = `http://localhost:${PORT}`;

const relay = spawn(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'watch', 'server/main.ts'], {
  env: { ...process.env, PORT: String(RELAY_PORT), PUBLIC_URL: address },
  stdio: ['ignore', 'inherit', 'inherit'],
});
relay.once('exit', (code) => process.exit(code ?? 0));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => relay.kill(signal));

/** The page's settings as the relay fills them in: the app in development knows what it knows in production. */
const relaySettings = {
  name: 'relay-settings',
  transformIndexHtml: {
    order: 'pre',
    async handler(html) {
      const filled = await pageFromRelay();
      const [settings] = SETTINGS.exec(filled) ?? [];
      return settings === undefined ? html : html.replace(SETTINGS, () => settings);
    },
  },
};
const SETTINGS = /<script type="application\/json" id="app-config">[^]*?<\/script>/;

/** It may still be starting, or starting again after a change. */
async function pageFromRelay() {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${RELAY_PORT}/`).catch(() => undefined);
    if (answer?.ok) return answer.text();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return '';
}

const { createServer } = await import('vite');
const vite = await createServer({
  plugins: [relaySettings],
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

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APP_KEY, APP_SECRET, OCODE } from '#emulator/applications.ts';
import { freePort, startProcess } from './processes.ts';

export interface Product {
  /** The relay: "http://localhost:PORT/". */
  readonly url: string;
  /** The emulator behind it: "http://127.0.0.1:PORT". */
  readonly emulatorUrl: string;
  stop(): Promise<void>;
}

/**
 * The built relay in front of the built emulator, each a process of its own, as at a school.
 *
 * @param checkout as for `startProcess`.
 */
export async function startProduct(env: Record<string, string> = {}, checkout?: string): Promise<Product> {
  const emulatorPort = await freePort();
  const emulatorUrl = `http://127.0.0.1:${emulatorPort}`;
  const emulator = await startProcess('dist/server/emulator.js', { PORT: String(emulatorPort) }, checkout);
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), 'wecard-lookup-'));
  const relay = await startProcess(
    'dist/server/main.js',
    {
      PORT: String(port),
      WECARD_BASE_URL: emulatorUrl,
      WECARD_APP_KEY: APP_KEY,
      WECARD_APP_SECRET: APP_SECRET,
      WECARD_OCODE: OCODE,
      SIGN_IN: 'none',
      AUDIT_DIR: join(data, 'audit'),
      KIOSKS_FILE: join(data, 'kiosks.json'),
      ...env,
    },
    checkout,
  ).catch(async (error: unknown) => {
    await emulator.stop();
    throw error;
  });
  return {
    url: `http://localhost:${port}/`,
    emulatorUrl,
    stop: async () => {
      await relay.stop();
      await emulator.stop();
      rmSync(data, { recursive: true });
    },
  };
}

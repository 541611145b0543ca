import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, startProcess } from '#tests/support/processes.ts';
import { openNetwork } from './network.ts';
import type { Network } from './network.ts';

const run = promisify(execFile);

/** A relay as `npm start` serves it, and the way to it. */
export interface World {
  /** "http://localhost:PORT/" */
  readonly url: string;
  readonly network: Network;
  /** `npm run kiosk` on the relay's machine. @returns what it says. */
  readonly kiosk: (...args: string[]) => Promise<string>;
  stop(): Promise<void>;
}

export interface Setting {
  /** Settings of the relay. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the viewers may see, in place of the built-in policy. */
  readonly policy?: object;
}

export async function startWorld({ env, policy }: Setting = {}): Promise<World> {
  const data = mkdtempSync(join(tmpdir(), 'engines-'));
  const port = await freePort();
  const network = await openNetwork(() => port);
  const url = `http://localhost:${network.port}/`;
  const kiosks = { KIOSKS_FILE: join(data, 'kiosks.json') };
  const policyFile = join(data, 'policy.json');
  if (policy !== undefined) writeFileSync(policyFile, JSON.stringify(policy));
  const relay = await startProcess('dist/server/main.js', {
    PORT: String(port),
    PUBLIC_URL: url,
    LOCALE: 'zh-CN',
    LOG_LEVEL: 'warn',
    ...kiosks,
    ...(policy && { POLICY_FILE: policyFile }),
    ...env,
  });
  return {
    url,
    network,
    async kiosk(...args) {
      const { stdout } = await run(process.execPath, ['dist/server/kiosk.js', ...args], {
        env: { PATH: process.env.PATH, ...kiosks },
      });
      return stdout;
    },
    async stop() {
      await network.cut();
      await relay.stop();
      rmSync(data, { recursive: true });
    },
  };
}

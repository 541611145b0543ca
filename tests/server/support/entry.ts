import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APP_KEY, APP_SECRET, OCODE } from '#emulator/applications.ts';
import { freePort } from '#tests/support/processes.ts';
import { closeAfterTest } from './relay.ts';

export interface Started {
  url: string;
  /** Resolves with everything written, once it printed this or ended. */
  prints(text: string): Promise<string>;
  signal(name: NodeJS.Signals): void;
  ended: Promise<{ code: number | null; output: string; errors: string }>;
}

const BUILT = 'dist/server/main.js';

/** The built entry where it is newer than its sources, as it starts in a fifth of the time; else the source. */
function entry(): string[] {
  const sources = ['server', 'contract', 'emulator'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const newest = Math.max(...sources.map((file) => statSync(file).mtimeMs));
  const isBuilt = existsSync(BUILT) && statSync(BUILT).mtimeMs > newest;
  return isBuilt ? [BUILT] : ['--import', 'tsx', 'server/main.ts'];
}

/** The entry file in a process of its own. */
export async function start(variables: Record<string, string> = {}): Promise<Started> {
  const port = variables.PORT ?? String(await freePort());
  const folder = await mkdtemp(join(tmpdir(), 'wecard-lookup-'));
  const child = spawn(process.execPath, entry(), {
    env: {
      PATH: process.env.PATH,
      AUDIT_DIR: join(folder, 'audit'),
      KIOSKS_FILE: join(folder, 'kiosks.json'),
      ...variables,
      PORT: port,
    },
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (errors += chunk.toString()));
  const ended = new Promise<Awaited<Started['ended']>>((resolve) => {
    child.once('close', (code) => resolve({ code, output, errors }));
  });
  closeAfterTest(async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    prints: (text) =>
      new Promise((resolve) => {
        const check = () => {
          if (output.includes(text)) resolve(output);
        };
        check();
        child.stdout.on('data', check);
        void ended.then(() => resolve(output));
      }),
    signal: (name) => void child.kill(name),
    ended,
  };
}

/** A relay in front of an emulator that the test can break. */
export async function startBefore(platform: string): Promise<Started> {
  const relay = await start({
    WECARD_BASE_URL: platform,
    WECARD_APP_KEY: APP_KEY,
    WECARD_APP_SECRET: APP_SECRET,
    WECARD_OCODE: OCODE,
    SIGN_IN: 'none',
  });
  await relay.prints('is ready');
  return relay;
}

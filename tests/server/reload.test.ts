import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import { isTerminalGone } from '#server/reload.ts';
import { freePort } from '#tests/support/processes.ts';
import { start } from './support/entry.ts';
import type { Started } from './support/entry.ts';
import { closeAfterTest, emulatorFor, search, startRelay } from './support/relay.ts';

const { card_number: CARD_NUMBER } = PEOPLE.everyField.fields;

function policy(...shown: string[]): string {
  return JSON.stringify(
    { profiles: [{ name: 'desk', kinds: ['staff'], shown: ['name', ...shown] }] },
    null,
    1,
  );
}

async function startWithFile(
  text: string,
): Promise<{ relay: Started; write: (text: string) => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'policy-'));
  closeAfterTest(() => rm(folder, { recursive: true }));
  const file = join(folder, 'policy.jsonc');
  await writeFile(file, text);
  const relay = await start({ POLICY_FILE: file, EMULATOR_MEMBERS: '200' });
  await relay.prints('is ready');
  return { relay, write: (next) => writeFile(file, next) };
}

async function fieldsShown({ url }: { url: string }): Promise<string[]> {
  const { body } = await search(url, CARD_NUMBER);
  return Object.keys(body.userlist[0] ?? {}).sort();
}

describe('SIGHUP', () => {
  test('has the policy file read anew, for the lookups from then on', async () => {
    const { relay, write } = await startWithFile(policy('college'));
    expect(await fieldsShown(relay)).toEqual(['college', 'name', 'ref']);
    await write(policy('grade'));
    relay.signal('SIGHUP');
    await relay.prints('the policy was read anew');
    expect(await fieldsShown(relay)).toEqual(['grade', 'name', 'ref']);
  });

  test('leaves the policy as it is where the file is wrong, and says on which lines', async () => {
    const { relay, write } = await startWithFile(policy('college'));
    await write(policy('colour', 'size'));
    relay.signal('SIGHUP');
    const output = await relay.prints('no field \\"size\\"');
    expect(output).toMatch(
      /wrong on line 10: there is no field \\"colour\\".*The policy before it still holds/,
    );
    expect(await fieldsShown(relay)).toEqual(['college', 'name', 'ref']);
  });

  test('ends nothing where there is no policy file', async () => {
    const relay = await start({ EMULATOR_MEMBERS: '200' });
    await relay.prints('is ready');
    relay.signal('SIGHUP');
    await relay.prints('there is no POLICY_FILE');
    expect((await fetch(`${relay.url}/readyz`)).status).toBe(200);
  });
});

test('a policy that replaces another has its limits, names and photos at once', async () => {
  const emulator = await emulatorFor();
  const { relay, url } = await startRelay({ platform: emulator.url, policy: policy('role', 'head_image') });
  expect((await search(url, CARD_NUMBER)).body).toMatchObject({ roles: {} });
  relay.usePolicy({
    rules: [],
    kindGroups: new Map(),
    roles: {},
    address: { hour: 1 },
    deployment: { hour: 1 },
  });
  expect((await search(url, CARD_NUMBER)).status).toBe(403);
});

/** A terminal of its own for a relay; `script` is a part of every Linux. */
const SCRIPT = '/usr/bin/script';

describe.skipIf(!existsSync(SCRIPT))('in a terminal', () => {
  async function startInTerminal() {
    const folder = await mkdtemp(join(tmpdir(), 'terminal-'));
    const port = await freePort();
    const command = `echo "pid $$ "; exec "${process.execPath}" --import tsx server/main.ts`;
    const terminal = spawn(SCRIPT, ['-qfec', command, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        PATH: process.env.PATH,
        SHELL: '/bin/sh',
        PORT: String(port),
        EMULATOR_MEMBERS: '200',
        AUDIT_DIR: join(folder, 'audit'),
        KIOSKS_FILE: join(folder, 'kiosks.json'),
      },
    });
    let output = '';
    terminal.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString()));
    await expect.poll(() => output, { timeout: 60_000 }).toContain('is ready');
    const pid = Number(/pid (\d+)/.exec(output)?.[1]);
    const isRunning = () => existsSync(`/proc/${pid}`);
    closeAfterTest(async () => {
      terminal.kill('SIGKILL');
      if (isRunning()) process.kill(pid, 'SIGKILL');
      await rm(folder, { recursive: true });
    });
    return { terminal, pid, isRunning, output: () => output };
  }

  test('SIGHUP has the policy read anew as well, and closing the terminal ends the relay', async () => {
    const { terminal, pid, isRunning, output } = await startInTerminal();
    process.kill(pid, 'SIGHUP');
    await expect.poll(output, { timeout: 60_000 }).toContain('there is no POLICY_FILE');
    terminal.kill('SIGKILL');
    await expect.poll(isRunning, { timeout: 60_000 }).toBe(false);
  });
});

test('what runs without a terminal has none to lose', () => {
  expect(isTerminalGone({ isTTY: false })).toBe(false);
  expect(isTerminalGone({})).toBe(false);
});

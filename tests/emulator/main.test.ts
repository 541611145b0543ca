import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

const running: ChildProcess[] = [];

afterEach(() => running.splice(0).forEach((child) => child.kill('SIGKILL')));

/** The entry file under tsx, until it has printed its settings or ended. */
async function run(env: Record<string, string>, ...flags: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'emulator/main.ts', ...flags], {
    env: { PATH: process.env.PATH, ...env },
  });
  running.push(child);
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = new Promise<void>((resolve) => {
    const listen = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes('WECARD_OCODE=')) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
  });
  await Promise.race([ready, ended]);
  return { child, ended, output };
}

it('prints where it is and with which keys, serves pictures from its folder, and ends on SIGTERM', async () => {
  const { child, ended, output } = await run({ EMULATOR_MEMBERS: '500' }, '--port', '0');
  const url = /WECARD_BASE_URL=(\S+)/.exec(output)?.[1] ?? '';
  expect(output).toContain('500 members');
  expect(output).toContain('WECARD_APP_KEY=DE30000000000001');
  expect((await fetch(`${url}/photos/w01.webp`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

it('says in one line that its port is in use, or that a setting is no number', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const taken = await run({ PORT: String((other.address() as AddressInfo).port) });
  expect([await taken.ended, taken.output]).toEqual([
    1,
    'The port is in use: name another (--port, or PORT).\n',
  ]);
  other.close();
  const wrong = await run({ EMULATOR_MEMBERS: 'many' });
  expect(await wrong.ended).toBe(1);
  expect(wrong.output).toBe('EMULATOR_MEMBERS must be a whole number up to 1000000, not "many".\n');
});

it('takes its campus from the command line, before the environment', async () => {
  const flags = ['--port', '0', '--members', '300', '--seed', '7', '--messy'];
  const { output } = await run({ EMULATOR_MEMBERS: '500', EMULATOR_SEED: '8' }, ...flags);
  expect(output).toContain('300 members');
  const url = /WECARD_BASE_URL=(\S+)/.exec(output)?.[1] ?? '';
  const settings: unknown = await (await fetch(`${url}/_emulator/settings`)).json();
  expect(settings).toMatchObject({ messyCampus: true });
});

it('says how it is called, and which option is wrong', async () => {
  const wrong = await run({}, '--members', 'many');
  expect(await wrong.ended).toBe(1);
  expect(wrong.output).toBe('--members must be a whole number up to 1000000, not "many".\n');
  const unknown = await run({}, '--nope');
  expect(await unknown.ended).toBe(1);
  expect(unknown.output).toContain('--nope');
  expect(unknown.output).toContain('--seed N');
  const help = await run({}, '--help');
  expect(await help.ended).toBe(0);
  expect(help.output).toContain('--members N');
});

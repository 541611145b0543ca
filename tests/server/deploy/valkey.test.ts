import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkRedis } from '#server/doctor/redis.ts';
import { freePort } from '#tests/support/processes.ts';
import { closeAfterTest } from '../support/relay.ts';

const COMPOSE = readFileSync('deploy/docker/compose.yaml', 'utf8').replaceAll('$$', '$');
const PASSWORD = 'a1b2c3d4e5f6';

/** Where Valkey's programs are those of Redis, on a port of the test's own. */
async function machineWithValkey() {
  const folder = mkdtempSync(join(tmpdir(), 'wecard-valkey-'));
  closeAfterTest(() => rm(folder, { recursive: true }));
  const port = await freePort();
  const programs = {
    'valkey-server': `exec redis-server "$@" --port ${port} --bind 127.0.0.1`,
    'valkey-cli': `exec redis-cli -p ${port} "$@"`,
  };
  for (const [name, line] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  }
  const env = { PATH: `${folder}:${process.env.PATH ?? ''}`, VALKEY_PASSWORD: PASSWORD };
  return { port, env, inFolder: (line: string) => line.replaceAll('/data/', `${folder}/`) };
}

test('the Valkey of the compose file is one that the doctor has nothing against', async () => {
  const { port, env, inFolder } = await machineWithValkey();
  const [, command = ''] = /- sh\n +- -c\n +- >-\n((?: {8}.+\n)+)/.exec(COMPOSE) ?? [];
  const server = spawn('sh', ['-c', inFolder(command.trim().replaceAll(/\n +/g, ' '))], { env });
  const ended = once(server, 'close');
  closeAfterTest(async () => {
    server.kill('SIGKILL');
    await ended;
  });
  for await (const chunk of server.stdout) if (String(chunk).includes('Ready to accept')) break;

  const levels = async (login: string) =>
    (await checkRedis({ url: `redis://${login}127.0.0.1:${port}/0`, commandTimeoutMs: 200 }, Date.now)).map(
      ({ name, level }) => [name, level],
    );
  expect(await levels(`:${PASSWORD}@`)).toEqual([['redis', 'ok']]);
  expect(await levels('')).toEqual([['redis-password', 'problem']]);
  // `ps` shows it to every user of the machine.
  expect(spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(server.pid)]).stdout.toString()).not.toContain(
    PASSWORD,
  );

  const [, probe = ''] = /test: \['CMD-SHELL', '(.+)'\]/.exec(COMPOSE) ?? [];
  const healthOf = (password: string) =>
    spawnSync('sh', ['-c', probe], { env: { ...env, VALKEY_PASSWORD: password } }).status;
  expect(healthOf(PASSWORD)).toBe(0);
  expect(healthOf('another')).not.toBe(0);

  server.kill('SIGTERM');
  await ended;
  expect(healthOf(PASSWORD)).not.toBe(0);
});

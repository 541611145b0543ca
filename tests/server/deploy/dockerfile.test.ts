import { execFile, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { freePort } from '#tests/support/processes.ts';
import { closeAfterTest } from '../support/relay.ts';
import { follow } from './dockerfile.ts';

const FOLDER = 'deploy/docker';
const DEADLINE_MS = 600_000;
const isRoot = process.getuid?.() === 0;

test.skipIf(!isRoot)(
  'the Dockerfile’s steps, in an empty folder, lead to a relay that finds people as a user with no rights',
  async () => {
    const root = mkdtempSync(join(tmpdir(), 'wecard-image-'));
    chmodSync(root, 0o755);
    closeAfterTest(() => rm(root, { recursive: true }));
    const context = join(root, 'context');
    copyContext(context);
    const image = await follow(readFileSync(`${FOLDER}/Dockerfile`, 'utf8'), { context, root });
    expect(image.env).toEqual({ HOST: '0.0.0.0' });

    const port = String(await freePort());
    const [command = '', ...args] = image.command;
    const relay = spawn(command, args, {
      cwd: image.workdir,
      ...image.user,
      env: { PATH: process.env.PATH, PORT: port },
      stdio: 'ignore',
    });
    const exited = new Promise((resolve) => relay.once('exit', resolve));
    closeAfterTest(async () => {
      relay.kill('SIGKILL');
      await exited;
    });
    const [probe = '', ...probeArgs] = image.healthcheck.map((part) => part.replace(':3000', `:${port}`));
    const isHealthy = () =>
      promisify(execFile)(probe, probeArgs).then(
        () => true,
        () => false,
      );
    while (!(await isHealthy())) expect(relay.exitCode).toBeNull();

    const answer = await fetch(`http://127.0.0.1:${port}/api/members/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-requested-with': 'wecard-lookup' },
      body: JSON.stringify({ keywords: '07302590' }),
    });
    expect(await answer.text()).toContain('沈青禾');

    relay.kill('SIGTERM');
    await exited;
    expect(await isHealthy()).toBe(false);
  },
  DEADLINE_MS,
);

/** What an engine is sent: what the ignore file's last matching line lets through. */
function copyContext(folder: string): void {
  const lines = readFileSync(`${FOLDER}/Dockerfile.dockerignore`, 'utf8').trim().split('\n');
  expect(lines.shift()).toBe('*');
  const kept = lines.map(
    (line) => new RegExp(`^${line.slice(1).replaceAll('.', '\\.').replaceAll('*', '.*')}$`),
  );
  cpSync('.', folder, {
    recursive: true,
    filter: (source) => {
      const [first = ''] = relative('.', source).split('/');
      return first === '' || (basename(source) !== 'node_modules' && kept.some((line) => line.test(first)));
    },
  });
}

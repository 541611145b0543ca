import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { extract, list } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '#server/version.ts';
import { freePort } from '#tests/support/processes.ts';
import { search } from './support/relay.ts';

const NAME = `wecard-lookup-${VERSION}`;
const run = promisify(execFile);
/** As on a server: no npm, and nothing of this checkout's. */
const ENV = { PATH: dirname(process.execPath) };

let folder = '';
const inFolder = (...path: string[]) => join(folder, ...path);
const bytesOf = (path: string) => readFile(inFolder(path));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'release-'));
  const env = { ...process.env };
  delete env.npm_execpath;
  for (const out of ['first', 'second']) {
    await run(process.execPath, ['scripts/release.mjs', '--out', inFolder(out)], { env });
  }
  await mkdir(inFolder('server'));
  await extract({ file: inFolder('first', `${NAME}.tar.gz`), cwd: inFolder('server') });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A command of the unpacked release. */
function command(...args: string[]) {
  return run(process.execPath, ['scripts/run.mjs', ...args], { cwd: inFolder('server', NAME), env: ENV });
}

describe('a release', () => {
  it('is the same bytes each time', async () => {
    for (const file of [`${NAME}.tar.gz`, `${NAME}.cdx.json`, `${NAME}.sha256`])
      expect((await bytesOf(`first/${file}`)).equals(await bytesOf(`second/${file}`)), file).toBe(true);
  });

  it('has the checksums of its files', async () => {
    const sums = (await bytesOf(`first/${NAME}.sha256`)).toString().trim().split('\n');
    expect(sums).toHaveLength(2);
    for (const line of sums) {
      const [sum = '', file = ''] = line.split('  ');
      expect(
        createHash('sha256')
          .update(await bytesOf(`first/${file}`))
          .digest('hex'),
      ).toBe(sum);
    }
  });

  it('says what is in it, with versions and licences', async () => {
    const sbom = JSON.parse((await bytesOf(`first/${NAME}.cdx.json`)).toString()) as {
      bomFormat: string;
      metadata: { component: { name: string; version: string } };
      components: { name: string; version: string; licenses?: object[] }[];
    };
    expect(sbom.bomFormat).toBe('CycloneDX');
    expect(sbom.metadata.component).toMatchObject({ name: 'wecard-lookup', version: VERSION });
    const names = sbom.components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['fastify', 'vue', 'pino']));
    expect(names).not.toContain('vite');
    const notices = await readFile(inFolder('server', NAME, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
      packages: Record<string, { version: string; dev?: true; devOptional?: true; optional?: true }>;
    };
    const shipped = Object.entries(lock.packages).flatMap(
      ([path, { version, dev, devOptional, optional }]) =>
        path === '' || dev || devOptional || optional
          ? []
          : [`${path.replace(/.*node_modules\//, '')}@${version}`],
    );
    expect(new Set(sbom.components.map(({ name, version }) => `${name}@${version}`))).toEqual(
      new Set(shipped),
    );
    for (const { name, version, licenses } of sbom.components) {
      expect(licenses, name).not.toHaveLength(0);
      expect(notices).toContain(`${name} ${version} (`);
    }
  });

  it('holds nobody’s files but its own, for everybody to read', async () => {
    const entries: { path: string; mode: number | undefined; time: number | undefined }[] = [];
    await list({
      file: inFolder('first', `${NAME}.tar.gz`),
      onReadEntry: ({ path, mode, mtime }) => entries.push({ path, mode, time: mtime?.getTime() }),
    });
    const paths = entries.map(({ path }) => path);
    expect(paths).toEqual([...paths].sort());
    expect(paths.every((path) => path.startsWith(`${NAME}/`))).toBe(true);
    expect(paths.filter((path) => /node_modules|\.env$|\.built|\.vite|\.(ts|vue)$/.test(path))).toEqual([]);
    expect(new Set(entries.map(({ mode }) => mode))).toEqual(new Set([0o644]));
    expect(new Set(entries.map(({ time }) => time)).size).toBe(1);
  });
});

describe('an unpacked release', () => {
  it('serves the app with Node alone, and finds people', async () => {
    for (let above = inFolder('server', NAME); above !== dirname(above); above = dirname(above))
      expect(existsSync(join(above, 'node_modules'))).toBe(false);
    const port = await freePort();
    const relay = spawn(process.execPath, ['scripts/run.mjs', 'main'], {
      cwd: inFolder('server', NAME),
      env: { ...ENV, PORT: String(port) },
    });
    let output = '';
    const ended = new Promise((resolve) => relay.once('close', resolve));
    relay.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await new Promise<void>((resolve, reject) => {
      relay.stdout.on('data', (chunk: Buffer) => {
        if ((output += chunk.toString()).includes('is ready')) resolve();
      });
      void ended.then(() => reject(new Error(output)));
    });
    const url = `http://127.0.0.1:${port}`;
    expect((await search(url, '张伟')).body.userlist.length).toBeGreaterThan(0);
    expect(await (await fetch(url)).text()).toContain('id="app-config"');
    relay.kill('SIGINT');
    expect(await ended).toBe(0);

    const { stdout } = await command('audit-log', 'stats');
    expect(stdout).toMatch(/^search +1 +0 /m);
  });

  it('has its commands, by npm too', async () => {
    expect((await command('kiosk', 'enrol', '--name', 'Gate')).stdout).toMatch(/^\s+\S{4}-\S{4}\s/);
    expect((await command('kiosk', 'list')).stdout).toContain('No kiosk');
    expect((await command('policy', 'check', 'docs/policy.example.jsonc')).stdout).not.toBe('');
    await expect(command('audit-log')).rejects.toThrow('npm run audit-log -- <command>');
    const manifest = JSON.parse(await readFile(inFolder('server', NAME, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest.scripts).toMatchObject({
      start: 'node scripts/run.mjs main',
      kiosk: 'node scripts/run.mjs kiosk',
      'audit-log': 'node scripts/run.mjs audit-log',
      emulator: 'node scripts/run.mjs emulator',
      doctor: 'node scripts/run.mjs doctor',
      policy: 'node scripts/run.mjs policy',
    });
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { missingPackages } from '../../../scripts/lib/packages.mjs';

const UNIT = 'deploy/systemd/wecard-lookup.service';
const ADDITION = 'deploy/systemd/wecard-lookup@.service.d';
/** The levels of `systemd-analyze security`, in tenths; what has no sandbox at all is at 96. */
const MOST_EXPOSED = 20;
const isMissing = (name: 'systemd' | 'docker-compose') =>
  process.env.CI === undefined && missingPackages([name]).length > 0;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe.skipIf(isMissing('systemd'))('the unit for systemd', () => {
  test('is one that systemd takes', () => {
    expect(verify(readFileSync(UNIT, 'utf8'))).toBe('');
  });

  test('would be refused with a word that systemd does not know', () => {
    expect(
      verify(readFileSync(UNIT, 'utf8').replace('ProtectSystem=strict', 'ProtectSistem=strict')),
    ).toContain('ProtectSistem');
  });

  test('is one for each of two relays, with what is added to it', () => {
    const addition = readFileSync(`${ADDITION}/port.conf`, 'utf8');
    const unit = readFileSync(UNIT, 'utf8');
    expect(verify(unit, addition)).toBe('');
    expect(verify(unit, addition.replace('Environment=', 'Enviroment='))).toContain('Enviroment');
  });

  test('leaves the relay little to break', () => {
    const said = execFileSync(
      'systemd-analyze',
      ['security', '--offline=true', `--threshold=${MOST_EXPOSED}`, '--no-pager', UNIT],
      { encoding: 'utf8' },
    );
    expect(said).toContain('Overall exposure level');
  });
});

describe.skipIf(isMissing('docker-compose'))('the compose file', () => {
  test('fits its schema, and what it names is there', () => {
    const folder = deployCopy();
    const { stdout } = compose(folder);
    const mounted = [...stdout.matchAll(/^ +- (\/\S+?):\S+:ro$/gm)].map(([, path]) => path ?? '');
    expect(mounted.length).toBeGreaterThan(2);
    const given = mounted.filter((path) => !path.endsWith('/certificates'));
    expect(given.filter((path) => !existsSync(path))).toEqual([]);
  });

  test('has the relay listen to nginx, though the settings that are copied say loopback', () => {
    const { stdout } = compose(deployCopy());
    expect(stdout).toMatch(/^ +HOST: 0\.0\.0\.0$/m);
    expect(stdout).toMatch(/^ +PORT: '3000'$/m);
  });

  test('has two relays that share their state in Valkey, each with a list of kiosks of its own', () => {
    const { stdout } = compose(deployCopy());
    expect(stdout.match(/^ +REDIS_URL: redis:\/\/:secret@valkey:6379\/0$/gm)).toHaveLength(2);
    expect(stdout.match(/^ +KIOSKS_FILE: /gm)).toHaveLength(1);
    const servers = readFileSync('deploy/docker/relays.conf', 'utf8').matchAll(/^ +server (\S+):3000/gm);
    expect([...servers].map(([, name]) => name)).toEqual(['relay-1', 'relay-2']);
    for (const name of ['relay-1', 'relay-2']) expect(stdout).toMatch(new RegExp(`^  ${name}:$`, 'm'));
  });

  test('lets nobody but nginx be reached from outside', () => {
    const { stdout } = compose(deployCopy());
    const published = [...stdout.matchAll(/^ {4}ports:$/gm)].map(({ index }) => index);
    expect(published).toHaveLength(1);
    expect(published[0]).toBeGreaterThan(stdout.indexOf('\n  nginx:'));
    expect(published[0]).toBeLessThan(stdout.indexOf('\n  relay-1:'));
  });

  test('says what is missing where Valkey has no password', () => {
    const folder = deployCopy();
    rmSync(join(folder, 'docker/.env'));
    expect(compose(folder).stderr).toContain('Put VALKEY_PASSWORD into the file .env beside compose.yaml');
  });

  test('would be refused with a word that the schema does not know', () => {
    const folder = deployCopy();
    const file = join(folder, 'docker/compose.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('read_only:', 'readonly:'));
    expect(compose(folder).stderr).toContain('readonly');
  });
});

/**
 * @param addition makes it a template, of which an instance is looked at.
 * @returns what systemd has against a unit; this machine's Node stands where the unit's does.
 */
function verify(unit: string, addition?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'wecard-unit-'));
  folders.push(folder);
  const file = join(folder, addition === undefined ? 'wecard-lookup.service' : 'wecard-lookup@3001.service');
  writeFileSync(file, unit.replace('/usr/bin/node', process.execPath));
  if (addition !== undefined) {
    mkdirSync(`${file}.d`);
    writeFileSync(join(`${file}.d`, 'port.conf'), addition);
  }
  return spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' }).stderr;
}

function deployCopy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wecard-compose-'));
  folders.push(folder);
  cpSync('deploy', folder, { recursive: true });
  copyFileSync('.env.example', join(folder, 'docker/relay.env'));
  writeFileSync(join(folder, 'docker/.env'), 'VALKEY_PASSWORD=secret\n');
  return folder;
}

function compose(folder: string) {
  return spawnSync('docker-compose', ['--file', join(folder, 'docker/compose.yaml'), 'config'], {
    encoding: 'utf8',
  });
}

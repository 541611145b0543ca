import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '#server/config/config.ts';
import { fileProbe } from '#server/config/files.ts';
import { namesInEnvFiles } from '#server/config/misspelt.ts';
import { FILES } from '../support/relay.ts';

/** Variable → what to do about it. */
function told(variables: Record<string, string>, inEnvFiles: string[] = []): Record<string, string> {
  const result = readConfig(variables, FILES, inEnvFiles);
  const found = [...result.misspelt, ...(result.ok ? [] : result.problems)];
  return Object.fromEntries(found.map(({ variable, fix }) => [variable, fix]));
}

describe('a variable that nobody reads', () => {
  test.each([
    ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
    ['SESSION_KEY', 'SESSION_KEYS'],
    ['WECARD_APPKEY', 'WECARD_APP_KEY'],
    ['WECARD_APP_SECRECT', 'WECARD_APP_SECRET'],
    ['AUDIT_KEYS', 'AUDIT_KEY'],
    ['POLICY_FILES', 'POLICY_FILE'],
    ['KIOSK_FILE', 'KIOSKS_FILE'],
    ['SIGN_IN_HEADERS', 'SIGN_IN_HEADER'],
    ['EMULATOR_MEMBER', 'EMULATOR_MEMBERS'],
    ['PUBLIC_URI', 'PUBLIC_URL'],
    ['REDIS_ULR', 'REDIS_URL'],
    ['METRICS_PROT', 'METRICS_PORT'],
  ])('%s is named with the nearest setting, %s', (name, nearest) => {
    expect(told({ [name]: 'x' })).toEqual({ [name]: `Did you mean ${nearest}?` });
  });

  test.each([
    'PATH',
    'SESSION_MANAGER',
    'LOG_FORMAT_X',
    'HOSTNAME',
    'PORTS',
    'PUBLIC_KEY_DIR',
    'NODE_ENV',
    'KIOSK_OS',
    // What a container is told of another one by the name of redis.
    'REDIS_PORT',
    'REDIS_SERVICE_HOST',
  ])('%s of the system is left alone', (name) => {
    expect(told({ [name]: 'x' })).toEqual({});
  });

  test('is always named where the operator’s own file has it', () => {
    expect(told({}, ['COLOUR', 'PORTS', 'PORT', 'NODE_OPTIONS', 'TZ', 'EMULATOR_SEED'])).toEqual({
      COLOUR: 'Take it out; .env.example has all there are.',
      PORTS: 'Did you mean PORT?',
    });
  });

  test('is told beside what it keeps from starting', () => {
    const tellsBoth = told({ WECARD_BASE_URL: 'https://open.wecard.qq.com', WECARD_APPKEY: 'x' });
    expect(tellsBoth).toMatchObject({ WECARD_APPKEY: 'Did you mean WECARD_APP_KEY?' });
    expect(Object.keys(tellsBoth)).toContain('WECARD_APP_KEY');
  });

  test('is none that .env.example or the README has', () => {
    const example = readFileSync('.env.example', 'utf8').matchAll(/^(?:# )?([A-Z_]+)=/gm);
    const table = readFileSync('README.md', 'utf8').matchAll(/^\| (`[A-Z_`, ]+`) +\|/gm);
    const names = [...table].flatMap(([, cell = '']) => [...cell.matchAll(/[A-Z_]+/g)].map(([name]) => name));
    expect(names.length).toBeGreaterThan(20);
    expect(told({}, [...names, ...[...example].map(([, name = '']) => name)])).toEqual({});
  });
});

describe('an .env file', () => {
  const inFolder = (files: Record<string, string>, use: (folder: string) => void) => {
    const folder = mkdtempSync(join(tmpdir(), 'env-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    use(folder);
    rmSync(folder, { recursive: true });
  };

  test.each([
    ['its first line', '\ufeffLOCALE=en\nPORT=4000\n'],
    ['the line behind its comments', '\ufeff# Settings\n# of ours\nLOCALE=en\nPORT=4000\n'],
  ])('with a byte order mark loses not %s', (_what, text) => {
    inFolder({ '.env': text }, (folder) => {
      const print = 'console.log(JSON.stringify(process.env))';
      const { stdout } = spawnSync(process.execPath, ['--env-file=.env', '-e', print], {
        cwd: folder,
        encoding: 'utf8',
        env: {},
      });
      const result = readConfig(JSON.parse(stdout) as Record<string, string>, FILES, [
        ...namesInEnvFiles([], { readText: () => text }),
      ]);
      expect(result).toMatchObject({ ok: true, config: { locale: 'en', port: 4000 }, misspelt: [] });
    });
  });

  test('is read for its names, as are the files that Node was started with', () => {
    inFolder({ 'a.env': 'ONE=1\n# TWO=2\n', 'b.env': '\ufeffTHREE=3' }, (folder) => {
      const [a, b] = [join(folder, 'a.env'), join(folder, 'b.env')];
      expect(namesInEnvFiles([`--env-file=${a}`, '--inspect', '--env-file-if-exists', b], fileProbe)).toEqual(
        ['ONE', 'THREE'],
      );
    });
  });
});

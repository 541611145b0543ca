/**
 * What every command does first, so that each works from a bare clone: checks Node, installs what is
 * missing, builds what changed. Only Node's own modules here: nothing else is installed yet.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const INSTALL_STAMP = join(ROOT, 'node_modules/.installed');
const BUILD_STAMP = join(ROOT, 'dist/.built');
const BUILT_FROM = [
  'conformance',
  'contract',
  'emulator',
  'index.html',
  'package-lock.json',
  'package.json',
  'public',
  'server',
  'src',
  'scripts/vite',
  'vite.config.ts',
];
const NETWORK_ERROR =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/;

/** @param {{ build?: boolean }} [options] */
export function prepare({ build = false } = {}) {
  process.chdir(ROOT);
  checkNode();
  install();
  if (build) buildIfChanged();
}

/** Ends the process with one clear line. */
export function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

function checkNode() {
  const needed = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).engines.node.replace('>=', '');
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [neededMajor, neededMinor] = needed.split('.').map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  fail(
    `wecard-lookup needs Node ${needed} or newer, and this is Node ${process.versions.node}: https://nodejs.org`,
  );
}

function install() {
  const lock = hashOf(['package-lock.json']);
  if (isStamped(INSTALL_STAMP, lock)) return;
  process.stderr.write('Installing packages …\n');
  const npm = runNpm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (npm.status !== 0) {
    const output = `${npm.stdout ?? ''}${npm.stderr ?? ''}${npm.error ?? ''}`;
    if (NETWORK_ERROR.test(output)) {
      fail(
        'The packages could not be installed: the npm registry is out of reach. Connect to a network, then run this again.',
      );
    }
    fail(`The packages could not be installed. npm said:\n${output.trim()}`);
  }
  writeFileSync(INSTALL_STAMP, lock);
}

/** npm by the path that it was started with, so that the same npm answers on every system. */
export function runNpm(args) {
  const options = { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 };
  const npmCli = process.env.npm_execpath;
  if (npmCli?.endsWith('.js')) return spawnSync(process.execPath, [npmCli, ...args], options);
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}

function buildIfChanged() {
  const sources = hashOf(BUILT_FROM);
  if (isStamped(BUILD_STAMP, sources)) return;
  process.stderr.write('Building …\n');
  const vite = spawnSync(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--app', '--logLevel', 'warn'],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  if (vite.status !== 0) fail(`The build failed:\n${vite.stdout}${vite.stderr}`);
  process.stderr.write(vite.stdout);
  mkdirSync(dirname(BUILD_STAMP), { recursive: true });
  writeFileSync(BUILD_STAMP, sources);
}

function isStamped(stamp, value) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === value;
}

/** One hash over the names and contents of files and folders. */
function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesUnder(path)) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  }
  // Settings that Vite builds in.
  for (const name of ['VITE_ENDPOINT', 'VITE_TOKEN_ENDPOINT'])
    hash.update(`${name}=${process.env[name] ?? ''}\0`);
  return hash.digest('hex');
}

function filesUnder(path) {
  const full = join(ROOT, path);
  if (!existsSync(full)) return [];
  const entries = readdirSyncOrFile(full);
  return entries === undefined ? [path] : entries.flatMap((entry) => filesUnder(`${path}/${entry}`));
}

function readdirSyncOrFile(full) {
  try {
    return readdirSync(full).sort();
  } catch (error) {
    if (error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** `npm run test:node [-- MAJOR …]`: the unit and server tests on other versions of Node than this one, which npm has as packages. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureTestPackages } from './lib/packages.mjs';
import { fail, prepare } from './lib/prepare.mjs';

/** The version that `docs/deploy.md` tells a school to install. */
const RECOMMENDED = '24';
const CACHE = 'node_modules/.cache/node';

prepare({ build: true });
ensureTestPackages();
const majors = process.argv.slice(2);
for (const major of majors.length === 0 ? [RECOMMENDED] : majors) {
  const node = obtain(major);
  const { stdout } = run(node, ['--version'], 'pipe');
  process.stdout.write(`\n── Node ${stdout.trim()}\n`);
  const { status } = run(node, [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project=unit',
    '--project=server',
    // A minute each, and what they show does not hang on the version.
    '--exclude=tests/server/chaos/chaos.test.ts',
    '--exclude=tests/server/deploy/dockerfile.test.ts',
  ]);
  if (status !== 0) process.exitCode = 1;
}

/** @returns {string} the path of the newest binary of a major version, kept for the next time. */
function obtain(major) {
  if (!/^\d+$/.test(major)) fail(`Which version of Node? A number such as ${RECOMMENDED}, not ${major}.`);
  const kept = join(CACHE, major);
  if (existsSync(kept)) return kept;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}@${major}`;
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(`${CACHE}/unpacking-`);
  try {
    const packed = run('npm', ['pack', name, '--pack-destination', folder, '--loglevel=error'], 'pipe');
    const [archive = ''] = readdirSync(folder);
    run('tar', ['-xzf', join(folder, archive), '-C', folder], 'pipe');
    const binary = join(folder, 'package/bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (!existsSync(binary)) fail(`Node ${major} cannot be fetched as ${name}:\n${packed.stderr}`);
    renameSync(binary, kept);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return kept;
}

function run(command, args, stdio = 'inherit') {
  return spawnSync(command, args, { stdio, encoding: 'utf8' });
}

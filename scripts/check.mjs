/** `npm run check`: is the house in order? Lint, format, types, unused code, circles of imports, build, its syntax, styles and size, side by side. */
import { spawn } from 'node:child_process';
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });

const CHECKS = {
  lint: [
    'eslint/bin/eslint.js',
    '.',
    '--cache',
    '--cache-location',
    'node_modules/.cache/eslint/',
    '--max-warnings',
    '0',
  ],
  format: ['prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn'],
  'types of the contract': ['vue-tsc/bin/vue-tsc.js', '-p', 'contract'],
  'types of the app': ['vue-tsc/bin/vue-tsc.js', '-p', 'src'],
  'types of the server': ['vue-tsc/bin/vue-tsc.js', '-p', 'server'],
  'types of everything': ['vue-tsc/bin/vue-tsc.js', '-p', '.'],
  'unused code': ['knip/bin/knip.js'],
  circles: [
    'dependency-cruiser/bin/dependency-cruise.mjs',
    '--config',
    '.dependency-cruiser.json',
    'src',
    'server',
    'emulator',
    'conformance',
    'contract',
  ],
  syntax: ['../scripts/syntax.mjs'],
  styles: ['../scripts/styles.mjs'],
  size: ['../scripts/size.mjs'],
};

const CONCURRENT = 2;
const queue = Object.entries(CHECKS);
const failures = [];

await Promise.all(Array.from({ length: CONCURRENT }, work));
process.stdout.write(
  failures.length === 0 ? '\nAll in order.\n' : `\nNot in order: ${failures.join(', ')}.\n`,
);
process.exitCode = failures.length === 0 ? 0 : 1;

async function work() {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [name, [script, ...args]] = next;
    const { status, output } = await run([`node_modules/${script}`, ...args]);
    process.stdout.write(`${status === 0 ? '✓' : '✗'} ${name}\n${output}`);
    if (status !== 0) failures.push(name);
  }
}

function run(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (status) => resolve({ status, output }));
  });
}

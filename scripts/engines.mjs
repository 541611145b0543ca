/** `npm run engines [-- --all] [--screens] [engine …] [flow …]`: the built product in real browsers, from the floor on. */
import { spawnSync } from 'node:child_process';
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });
const engines = ['node_modules/tsx/dist/cli.mjs', 'tests/engines/run.ts', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, engines, { stdio: 'inherit' });
process.exitCode = status ?? 1;

/** `npm run bench [-- browser|relay|fleet|audit|emulator|redis-gone]`: measures the built product and writes `bench/README.md`. */
import { spawnSync } from 'node:child_process';
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });
const bench = ['node_modules/tsx/dist/cli.mjs', 'bench/run.ts', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, bench, { stdio: 'inherit' });
process.exitCode = status ?? 1;

/** `npm run screens`: pictures of the screens, to be looked at (`screens/`), and the README's own. */
import { spawnSync } from 'node:child_process';
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });
const draw = ['node_modules/tsx/dist/cli.mjs', 'scripts/draw-screens.ts', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, draw, { stdio: 'inherit' });
process.exitCode = status ?? 1;

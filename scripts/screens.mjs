/** `npm run screens`: pictures of the screens, to be looked at (`screens/`), and the README's own. */
import { spawnSync } from 'node:child_process';
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });
const { status } = spawnSync(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'scripts/draw-screens.ts'], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;

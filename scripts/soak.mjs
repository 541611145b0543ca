/** `npm run soak`: thousands of visits to one kiosk (`SOAK_VISITS`, 2000), and what they leave behind. */
import { spawnSync } from 'node:child_process';
import { ensureTestBrowsers } from './lib/browser.mjs';
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });
await ensureTestBrowsers();
const playwright = ['node_modules/@playwright/test/cli.js', 'test', 'tests/e2e/kiosk-soak.spec.ts'];
const { status } = spawnSync(process.execPath, playwright, {
  stdio: 'inherit',
  env: { ...process.env, SOAK_VISITS: process.env.SOAK_VISITS ?? '2000' },
});
process.exitCode = status ?? 1;

/** `npm test`: every test there is (unit, components, server, browser), and one line that counts them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTestBrowsers } from './lib/browser.mjs';
import { ensureTestPackages } from './lib/packages.mjs';
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });
await ensureTestBrowsers();
ensureTestPackages();
const reports = mkdtempSync(join(tmpdir(), 'wecard-lookup-'));
const counts = { passed: 0, failed: 0 };

run('vitest', [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reports}/vitest.json`,
]);
const vitest = readReport('vitest');
counts.passed += vitest?.numPassedTests ?? 0;
counts.failed += vitest?.numFailedTests ?? 1;

run('playwright', ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'], {
  PLAYWRIGHT_JSON_OUTPUT_NAME: `${reports}/playwright.json`,
});
const playwright = readReport('playwright')?.stats;
counts.passed += (playwright?.expected ?? 0) + (playwright?.flaky ?? 0);
counts.failed += playwright?.unexpected ?? 1;

rmSync(reports, { recursive: true });
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed\n`);
process.exitCode ??= counts.failed > 0 ? 1 : 0;

function run(name, args, env = {}) {
  process.stdout.write(`\n── ${name}\n`);
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  if (status !== 0) process.exitCode = 1;
}

/** Undefined when the runner ended before it wrote its report. */
function readReport(name) {
  try {
    return JSON.parse(readFileSync(join(reports, `${name}.json`), 'utf8'));
  } catch {
    process.exitCode = 1;
    return undefined;
  }
}

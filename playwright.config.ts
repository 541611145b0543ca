import { defineConfig } from '@playwright/test';
import { findQuickBrowser } from './scripts/lib/browser.mjs';

const executablePath = findQuickBrowser();

/** The browser tests: the built product in a real Chromium, the emulator answering. See `tests/support/browser.ts`. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  // A test that passes the second time has a cause that was not found.
  retries: 0,
  workers: 2,
  // Room for a machine that has other things to do: what waits, waits for what happens.
  timeout: 240_000,
  expect: { timeout: 40_000 },
  reporter: 'list',
  use: {
    actionTimeout: 60_000,
    navigationTimeout: 60_000,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    // Pictures of every step would take a fifth of the time.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});

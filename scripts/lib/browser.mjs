/** Finds a Chromium, or gets one: the machine's, the system's package, Playwright's own. */
import { existsSync } from 'node:fs';
import { installPackages, succeeds } from './packages.mjs';
import { fail } from './prepare.mjs';

/** The shell is Chromium without windows and cameras: it starts sooner, and draws nothing twice. */
const QUICK_PLACES = [process.env.CHROMIUM_PATH, '/usr/bin/chromium-headless-shell'];
const KNOWN_PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** @returns {Promise<string>} the path of a Chromium; ends the process with one line when there is none to be had. */
export async function ensureBrowser() {
  return (
    findBrowser() ??
    (await playwrightsOwn()) ??
    fromPackageManager('chromium') ??
    (await downloaded()) ??
    fail('This needs Chromium or Chrome: install one, or set CHROMIUM_PATH to where it is.')
  );
}

/** Gets what the tests run in: a Chromium, and on a build machine the shell, which is only quicker. */
export async function ensureTestBrowsers() {
  await ensureBrowser();
  if (process.env.CI && !firstOf(QUICK_PLACES)) fromPackageManager('chromium-headless-shell');
}

/** @returns {string | undefined} the path of the quickest browser that is on the machine; not all have a camera. */
export function findQuickBrowser() {
  return firstOf(QUICK_PLACES) ?? findBrowser();
}

/** @returns {string | undefined} the path of a Chromium that is on the machine already. */
export function findBrowser() {
  return firstOf(KNOWN_PLACES);
}

function firstOf(places) {
  return places.find((path) => path && existsSync(path));
}

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
}

function fromPackageManager(name) {
  installPackages([name, 'fonts-noto-cjk']);
  return findBrowser();
}

async function downloaded() {
  process.stdout.write('Downloading Chromium …\n');
  succeeds(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium']);
  return playwrightsOwn();
}

/** Finds a Chromium for the browser tests, or gets one: the machine's, the system's package, Playwright's own. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fail } from './prepare.mjs';

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
    fromPackageManager() ??
    (await downloaded()) ??
    fail('The browser tests need Chromium or Chrome: install one, or set CHROMIUM_PATH to where it is.')
  );
}

/** @returns {string | undefined} the path of a Chromium that is on the machine already. */
export function findBrowser() {
  return KNOWN_PLACES.find((path) => path && existsSync(path));
}

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
}

/** Debian's Chromium, with fonts that hold Chinese; only as root or where sudo asks for no password. */
function fromPackageManager() {
  if (process.platform !== 'linux' || !succeeds('apt-get', ['--version'])) return undefined;
  const sudo = process.getuid() === 0 ? [] : ['sudo', '-n'];
  if (sudo.length > 0 && !succeeds('sudo', ['-n', 'true'])) return undefined;
  process.stdout.write('Installing Chromium …\n');
  const [command, ...rest] = [...sudo, 'apt-get'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  succeeds(command, [...rest, 'update'], env);
  succeeds(command, [...rest, 'install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], env);
  return findBrowser();
}

async function downloaded() {
  process.stdout.write('Downloading Chromium …\n');
  succeeds(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium']);
  return playwrightsOwn();
}

function succeeds(command, args, env = process.env) {
  return spawnSync(command, args, { stdio: 'ignore', env }).status === 0;
}

import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { ensureBrowser } from '../../scripts/lib/browser.mjs';
import { installPackages } from '../../scripts/lib/packages.mjs';
import { Unavailable } from './browser.ts';

const run = promisify(execFile);

const CACHE = 'node_modules/.cache/engines';

/**
 * The browser of an npm package, kept for the next time. Linux on x64 alone: that is what was packed.
 *
 * @param spec the package and its version.
 */
export async function obtainChromium(name: string, spec: string): Promise<string> {
  const command = join(CACHE, name);
  if (existsSync(command)) return command;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Unavailable('its package holds a browser for Linux on x64');
  }
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(`${CACHE}/unpacking-`);
  try {
    await run('npm', ['pack', spec, '--pack-destination', folder, '--loglevel=error']);
    const [packed = ''] = readdirSync(folder);
    await run('tar', ['-xzf', join(folder, packed), '-C', folder]);
    const bin = join(folder, 'package/bin');
    const browser = readdirSync(bin).find((file) => /^chromium.*\.br$/.test(file)) ?? '';
    const unpacked = join(folder, 'browser');
    await pipeline(
      createReadStream(join(bin, browser)),
      createBrotliDecompress(),
      createWriteStream(unpacked),
    );
    chmodSync(unpacked, 0o755);
    renameSync(unpacked, command);
  } catch (error) {
    throw new Unavailable(`${spec} cannot be fetched: ${String(error)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return command;
}

export function obtainNewestChromium(): Promise<string> {
  return ensureBrowser();
}

/**
 * A browser that Debian has, installed where it is missing and may be.
 *
 * @param command where its package puts it.
 */
export function obtainDebian(command: string, ...packages: string[]): string {
  if (!existsSync(command)) installPackages(packages);
  if (!existsSync(command))
    throw new Unavailable(`there is no ${command} (Debian: apt-get install ${packages.join(' ')})`);
  return command;
}

import { setMaxListeners } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCampus } from './campus/campus.ts';
import type { Campus } from './campus/campus.ts';
import { createListener } from './http/listener.ts';
import { Platform } from './platform/platform.ts';
import type { Settings, SettingsPatch } from './platform/settings.ts';
import type { Stats } from './platform/stats.ts';

export interface EmulatorOptions {
  /** 0 takes any free port. */
  port?: number;
  host?: string;
  /** How many people the campus has. */
  members?: number;
  seed?: number;
  /** Starts with `messyCampus` on. */
  messy?: boolean;
  /** Milliseconds since the epoch; only tokens and wxcodes grow old by it. */
  clock?: () => number;
}

/** A running emulator. What it can do over HTTP under `/_emulator/`, it can do here too. */
export interface Emulator {
  /** Without a slash at the end: what `WECARD_BASE_URL` would be. */
  readonly url: string;
  readonly campus: Campus;
  readonly settings: Readonly<Settings>;
  /** @throws Invalid naming the setting that does not fit. */
  change(patch: SettingsPatch): void;
  /** Back to the defaults, without faults. */
  reset(): void;
  readonly stats: Stats;
  resetStats(): void;
  expireTokens(): void;
  revokeTokens(): void;
  /** Ends every connection too, those in the middle of a delay among them. */
  close(): Promise<void>;
}

/**
 * Starts a WeCard look-alike with a campus of invented people.
 *
 * @throws when the port is taken.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, host = '127.0.0.1', members, seed, messy = false, clock = Date.now } = options;
  const platform = new Platform(createCampus(members, seed), clock);
  platform.changeSettings({ messyCampus: messy });
  const closing = new AbortController();
  // Every call that waits listens: any number of them.
  setMaxListeners(0, closing.signal);
  const server = createServer(createListener(platform, closing.signal));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  platform.origin = `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
  let closed: Promise<void> | undefined;
  return {
    url: platform.origin,
    campus: platform.campus,
    get settings() {
      return platform.settings;
    },
    change: (patch) => platform.changeSettings(patch),
    reset: () => platform.resetSettings(),
    get stats() {
      return platform.stats.read();
    },
    resetStats: () => platform.stats.reset(),
    expireTokens: () => platform.expireTokens(),
    revokeTokens: () => platform.revokeTokens(),
    close: () => (closed ??= close(server, closing)),
  };
}

function close(server: Server, closing: AbortController): Promise<void> {
  closing.abort();
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}

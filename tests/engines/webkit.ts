import { join } from 'node:path';
import type { Launch } from './browser.ts';
import { startDisplay } from './display.ts';
import { start } from './process.ts';
import { launchWebKit } from './webdriver.ts';

const WINDOW = join(import.meta.dirname, 'webkit-window.py');

/** WebKitGTK in a virtual X display. */
export const launchWebKitGtk: Launch = async ({ width, height }) => {
  const display = await startDisplay();
  return launchWebKit({
    command: 'WebKitWebDriver',
    capabilities: { 'webkitgtk:browserOptions': { binary: WINDOW, args: [] } },
    display,
    env: {
      ...display.env,
      WIDTH: String(width),
      HEIGHT: String(height),
      // Assistive technology is not asked for: there is none.
      NO_AT_BRIDGE: '1',
    },
  });
};

/** WPE, WebKit for devices without a desktop, in a Wayland compositor that draws into a virtual X display. */
export const launchWpe: Launch = async ({ width, height }) => {
  const screen = await startDisplay();
  const weston = await start({
    command: 'weston',
    args: () => [
      '--backend=x11-backend.so',
      // Its kiosk shell wants the window full from the first frame on, which cog's is not: it would be thrown out.
      '--shell=desktop-shell.so',
      '--no-config',
      `--width=${width}`,
      `--height=${height}`,
      '--socket=engine',
    ],
    env: (folder) => ({ ...screen.env, XDG_RUNTIME_DIR: folder }),
    ready: /launching .*weston-desktop-shell|Output '.*' enabled/,
  });
  const display = {
    async stop() {
      await weston.stop();
      await screen.stop();
    },
  };
  return launchWebKit({
    command: 'WPEWebDriver',
    capabilities: {
      'wpe:browserOptions': {
        binary: '/usr/bin/cog',
        args: ['--automation', '--platform=wl', '--enable-write-console-messages-to-stdout=1'],
      },
    },
    display,
    env: {
      ...screen.env,
      XDG_RUNTIME_DIR: weston.folder,
      WAYLAND_DISPLAY: 'engine',
      COG_PLATFORM_WL_VIEW_WIDTH: String(width),
      COG_PLATFORM_WL_VIEW_HEIGHT: String(height),
    },
  });
};

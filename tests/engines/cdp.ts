import { Complaints, KEYS } from './browser.ts';
import type { Browser, Size } from './browser.ts';
import { start } from './process.ts';
import { openChannel } from './socket.ts';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--lang=zh-CN',
  '--remote-debugging-port=0',
];
/** A reader's keys come this far apart; of the clock of the keys, not of the page. */
const KEYS_APART_S = 0.008;

interface Exception {
  exceptionDetails: { text: string; exception?: { description?: string } };
}
interface ConsoleCall {
  type: string;
  args: { value?: unknown; description?: string }[];
}
interface LogEntry {
  entry: { source: string; level: string; text: string };
}

/** A Chromium of any version, by its own protocol: the older ones speak no other. */
export async function launchChromium(
  command: string,
  flags: readonly string[],
  { width, height }: Size,
): Promise<Browser> {
  const running = await start({
    command,
    args: (folder) => [...FLAGS, ...flags, `--user-data-dir=${folder}`, 'about:blank'],
    ready: /^DevTools listening on ws:\/\/([^/]+)/,
  });
  const { send, on, close } = await openChannel(await firstPage(running.ready[1] ?? ''));

  const complaints = new Complaints();
  on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception } }: Exception) => {
    complaints.add(`${text} ${exception?.description ?? ''}`);
  });
  on('Runtime.consoleAPICalled', ({ type, args }: ConsoleCall) => {
    if (type === 'error') complaints.add(args.map((arg) => arg.description ?? String(arg.value)).join(' '));
  });
  on('Log.entryAdded', ({ entry: { source, level, text } }: LogEntry) => {
    // Every answer that is no success is a line of `network`, whatever the page does about it.
    if (level === 'error' && source !== 'network') complaints.add(text);
  });
  for (const domain of ['Page', 'Runtime', 'Log']) await send(`${domain}.enable`);
  await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });

  return {
    open: (url) => send('Page.navigate', { url }),
    reload: () => send('Page.reload'),
    async back() {
      const { currentIndex, entries } = await send<{ currentIndex: number; entries: { id: number }[] }>(
        'Page.getNavigationHistory',
      );
      await send('Page.navigateToHistoryEntry', { entryId: entries[currentIndex - 1]?.id });
    },
    async evaluate(expression) {
      const { result, exceptionDetails } = await send<{ result: { value?: string } } & Partial<Exception>>(
        'Runtime.evaluate',
        { expression: `JSON.stringify(${expression})`, returnByValue: true },
      );
      if (exceptionDetails !== undefined) {
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      }
      return result.value === undefined ? undefined : (JSON.parse(result.value) as unknown);
    },
    async click(x, y) {
      const mouse = (type: string) =>
        send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
      await send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
      await mouse('mousePressed');
      await mouse('mouseReleased');
    },
    async type(text) {
      for (const character of text) await send('Input.dispatchKeyEvent', { type: 'char', text: character });
    },
    async press(...keys) {
      const first = Date.now() / 1000 - keys.length * KEYS_APART_S;
      await Promise.all(
        keys.flatMap((key, index) => {
          const { windows = key.toUpperCase().charCodeAt(0), text } = KEYS[key] ?? { text: key };
          const event = { key, windowsVirtualKeyCode: windows, timestamp: first + index * KEYS_APART_S };
          const down = { type: text === undefined ? 'rawKeyDown' : 'keyDown', ...(text && { text }) };
          return [
            send('Input.dispatchKeyEvent', { ...down, ...event }),
            send('Input.dispatchKeyEvent', { type: 'keyUp', ...event }),
          ];
        }),
      );
    },
    async screenshot() {
      const { data } = await send<{ data: string }>('Page.captureScreenshot');
      return Buffer.from(data, 'base64');
    },
    complaints: () => complaints.take(),
    async close() {
      close();
      await running.stop();
    },
  };
}

/** Where the first page is talked to; it comes a moment after the browser says that it is ready. */
async function firstPage(host: string): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const list = await fetch(`http://${host}/json/list`);
    const targets = (await list.json()) as { type: string; webSocketDebuggerUrl: string }[];
    const page = targets.find(({ type }) => type === 'page');
    if (page !== undefined) return page.webSocketDebuggerUrl;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the browser has no page');
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Complaints, KEYS } from './browser.ts';
import type { Browser, Size } from './browser.ts';
import { start } from './process.ts';
import { openChannel } from './socket.ts';

const PREFERENCES = {
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'intl.accept_languages': 'zh-CN',
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

interface LogEntry {
  type: string;
  level: string;
  text: string | null;
}

/** Firefox, by WebDriver BiDi. */
export async function launchFirefox(command: string, { width, height }: Size): Promise<Browser> {
  const running = await start({
    command,
    args: (folder) => {
      const lines = Object.entries(PREFERENCES).map(
        ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
      );
      writeFileSync(join(folder, 'user.js'), lines.join(''));
      return ['--headless', '--no-remote', '--profile', folder, '--remote-debugging-port=0', 'about:blank'];
    },
    ready: /WebDriver BiDi listening on (ws:\S+)/,
  });
  const { send, on, close } = await openChannel(`${running.ready[1] ?? ''}/session`);
  await send('session.new', { capabilities: {} });
  const tree = await send<{ contexts: { context: string }[] }>('browsingContext.getTree');
  const context = tree.contexts[0]?.context;

  const complaints = new Complaints();
  on('log.entryAdded', ({ type, level, text }: LogEntry) => {
    if (level === 'error') complaints.add(`${type}: ${text ?? ''}`);
  });
  await send('session.subscribe', { events: ['log.entryAdded'] });
  await send('browsingContext.setViewport', { context, viewport: { width, height } });

  const act = (source: object) => send('input.performActions', { context, actions: [source] });
  const keys = (values: readonly string[]) =>
    act({
      type: 'key',
      id: 'keyboard',
      actions: values.flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]),
    });

  return {
    async open(url) {
      await send('browsingContext.navigate', { context, url, wait: 'none' });
    },
    async reload() {
      await send('browsingContext.reload', { context, wait: 'none' });
    },
    async back() {
      await send('browsingContext.traverseHistory', { context, delta: -1 });
    },
    async evaluate(expression) {
      const { result, exceptionDetails } = await send<{
        result?: { value?: string };
        exceptionDetails?: { text: string };
      }>('script.evaluate', {
        expression: `JSON.stringify(${expression})`,
        target: { context },
        awaitPromise: false,
      });
      if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
      return result?.value === undefined ? undefined : (JSON.parse(result.value) as unknown);
    },
    async click(x, y) {
      await act({
        type: 'pointer',
        id: 'mouse',
        actions: [
          { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
          { type: 'pointerDown', button: 0 },
          { type: 'pointerUp', button: 0 },
        ],
      });
    },
    async type(text) {
      await keys(Array.from(text));
    },
    async press(...names) {
      await keys(names.map((name) => KEYS[name]?.webdriver ?? name));
    },
    async screenshot() {
      const { data } = await send<{ data: string }>('browsingContext.captureScreenshot', { context });
      return Buffer.from(data, 'base64');
    },
    complaints: () => complaints.take(),
    async close() {
      close();
      await running.stop();
    },
  };
}

import { freePort } from '#tests/support/processes.ts';
import { Complaints, KEYS } from './browser.ts';
import type { Browser } from './browser.ts';
import { start } from './process.ts';
import type { Running } from './process.ts';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
/** What WebKit prints of its console: "CONSOLE JS ERROR …". Of the network it is every answer that is no success. */
const CONSOLE_ERROR = /^CONSOLE (?!NETWORK)\S+ ERROR (.*)/;

interface Parts {
  /** The driver, which starts the browser. */
  command: string;
  capabilities: object;
  /** What it draws on. */
  display: Pick<Running, 'stop'>;
  env: Record<string, string>;
}

/** A WebKit, by W3C WebDriver. */
export async function launchWebKit({ command, capabilities, display, env }: Parts): Promise<Browser> {
  const port = await freePort();
  const running = await start({
    command: 'sh',
    // The drivers say nothing when they are ready; they are asked until they answer.
    args: () => ['-c', `echo started; exec ${command} --port=${port}`],
    env: () => env,
    ready: /^started$/,
  });
  const driver = `http://127.0.0.1:${port}`;
  await untilAnswers(`${driver}/status`);
  const { sessionId } = await call<{ sessionId: string }>(`${driver}/session`, 'POST', {
    capabilities: { alwaysMatch: { ...capabilities, pageLoadStrategy: 'none' } },
  });
  const session = `${driver}/session/${sessionId}`;
  const post = <Value>(path: string, body: object = {}) => call<Value>(session + path, 'POST', body);
  const evaluate = async (expression: string) => {
    const json = await post<string | null>('/execute/sync', {
      script: `return JSON.stringify(${expression})`,
      args: [],
    });
    return json === null ? undefined : (JSON.parse(json) as unknown);
  };

  const complaints = new Complaints();
  let read = 0;
  return {
    open: (url) => post('/url', { url }),
    reload: () => post('/refresh'),
    back: () => post('/back'),
    evaluate,
    async click(x, y) {
      const pointer = [
        { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ];
      await post('/actions', { actions: [{ type: 'pointer', id: 'mouse', actions: pointer }] });
    },
    async type(text) {
      const active = await call<Record<string, string>>(`${session}/element/active`, 'GET');
      await post(`/element/${active[ELEMENT] ?? ''}/value`, { text });
    },
    async press(...names) {
      const keys = names
        .map((name) => KEYS[name]?.webdriver ?? name)
        .flatMap((value) => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]);
      await post('/actions', { actions: [{ type: 'key', id: 'keyboard', actions: keys }] });
    },
    async screenshot() {
      // It waits for the next frame, which a page that stands still does not draw.
      await evaluate(`(window.frames = setInterval(function () {
        document.body.style.opacity = document.body.style.opacity === '1' ? '0.999' : '1';
      }, 50))`);
      const picture = await call<string>(`${session}/screenshot`, 'GET');
      await evaluate("(clearInterval(window.frames), document.body.style.opacity = '')");
      return Buffer.from(picture, 'base64');
    },
    complaints() {
      const fresh = running.lines.slice(read);
      read += fresh.length;
      for (const line of fresh) {
        const [, error] = CONSOLE_ERROR.exec(line) ?? [];
        if (error !== undefined) complaints.add(error);
      }
      return complaints.take();
    },
    async close() {
      await call(session, 'DELETE').catch(() => undefined);
      await running.stop();
      await display.stop();
    },
  };
}

async function untilAnswers(address: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${address} does not answer`);
}

async function call<Value>(address: string, method: string, body?: object): Promise<Value> {
  const answer = await fetch(address, {
    method,
    signal: AbortSignal.timeout(30_000),
    ...(body && { body: JSON.stringify(body) }),
  });
  const { value } = (await answer.json()) as { value: Value & { error?: string; message?: string } };
  if (!answer.ok) throw new Error(`${address}: ${value.error ?? ''} ${value.message ?? ''}`);
  return value;
}

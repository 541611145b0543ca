/**
 * What the emulator costs: `npx tsx bench/emulator.ts`. Prints each cost beside its budget, and
 * beside a bare HTTP server that answers with the same bytes, so that a busy machine moves both.
 */
import { createServer, request as httpRequest, Agent } from 'node:http';
import type { AddressInfo } from 'node:net';
import { APP_KEY, APP_SECRET, OCODE } from '#emulator/applications.ts';
import { PATH } from '#emulator/platform/paths.ts';
import { startEmulator } from '#emulator/start.ts';

const START_BUDGET_MS = 300;
const SEARCH_BUDGET_MS = 1;
const agent = new Agent({ keepAlive: true });

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

async function timed(rounds: number, run: (round: number) => unknown): Promise<number> {
  const costs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await run(round);
    costs.push(performance.now() - started);
  }
  return median(costs);
}

function post(url: string, body: object): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks)));
    });
    request.on('error', reject).end(JSON.stringify(body));
  });
}

/** The same bytes from a server that does nothing else. */
async function bareCost(bytes: Buffer, rounds: number): Promise<number> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await timed(rounds, () => post(url, {}));
  const cost = await timed(rounds, () => post(url, {}));
  server.closeAllConnections();
  server.close();
  return cost;
}

const ms = (value: number): string => `${value.toFixed(value < 10 ? 3 : 1)} ms`;
const times = (value: number): string => `${value.toFixed(2)} ×`;

const firstStarted = performance.now();
await (await startEmulator()).close();
const firstStart = performance.now() - firstStarted;
const start = await timed(9, async () => (await startEmulator()).close());
console.log(
  `first start            ${ms(firstStart)}, ${times(firstStart / START_BUDGET_MS)} its budget of ${START_BUDGET_MS} ms`,
);
console.log(`later start, median    ${ms(start)}, ${times(start / START_BUDGET_MS)} its budget`);

const emulator = await startEmulator();
const reply = await post(emulator.url + PATH.token, {
  app_key: APP_KEY,
  app_secret: APP_SECRET,
  ocode: OCODE,
  scope: 'base',
  grant_type: 'client_credentials',
});
const { access_token: token } = JSON.parse(reply.toString()) as { access_token: string };
const searchUrl = `${emulator.url}${PATH.search}?access_token=${token}`;

for (const [keywords, rounds] of [
  ['查无此人', 2000],
  ['阿卜杜拉·买买提', 2000],
  ['张伟', 300],
  ['王芳', 40],
] as const) {
  await timed(rounds, () => post(searchUrl, { keywords }));
  const overWire = await timed(rounds, () => post(searchUrl, { keywords }));
  const bytes = await post(searchUrl, { keywords });
  const bare = await bareCost(bytes, rounds);
  const own = overWire - bare;
  const hits = emulator.campus.find(keywords).length;
  console.log(
    `${String(hits).padStart(4)} hits  ${ms(overWire)} on the wire, ${times(overWire / bare)} a bare answer; ` +
      `${ms(own)} its own, ${times(own / SEARCH_BUDGET_MS)} the budget of ${SEARCH_BUDGET_MS} ms; ${bytes.length} bytes`,
  );
}
await emulator.close();
agent.destroy();

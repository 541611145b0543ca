import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { createLogger } from '#server/logger.ts';
import { createShutdown } from '#server/shutdown.ts';
import { start, startBefore } from './support/entry.ts';
import { freePort } from '#tests/support/processes.ts';
import { closeAfterTest, emulatorFor, search } from './support/relay.ts';

describe('the entry', () => {
  test('starts the emulator where no platform is set, and prints the address', async () => {
    const relay = await start();
    const output = await relay.prints('is ready');
    expect(output).toMatch(/^wecard-lookup is ready: http:\/\/localhost:\d+$/m);
    expect((await search(relay.url, '沈青禾')).body.userlist).toHaveLength(1);
  });

  test('says where a gateway’s groups lead, and what is missing for signing out', async () => {
    const relay = await start({
      SIGN_IN: 'header',
      SIGN_IN_HEADER: 'X-Remote-User',
      SIGN_IN_GROUPS_HEADER: 'X-Remote-Groups',
      TRUSTED_PROXIES: '127.0.0.1',
    });
    const output = await relay.prints('is ready');
    expect(output).toContain('Groups, as x-remote-groups tells them: staff → staff; student → student;');
    expect(output).toContain('SIGN_OUT_URL is not set');
  });

  test('tells in one line that the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    closeAfterTest(() => new Promise((resolve) => server.close(resolve)));
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const relay = await start({ PORT: String(port) });
    const { code, errors } = await relay.ended;
    expect(code).toBe(1);
    expect(errors).toBe(`Port ${port} is in use. Stop what listens there, or set PORT to another.\n`);
  });

  test('tells its metrics on a port of their own, on loopback, and that this one is taken', async () => {
    const METRICS_PORT = String(await freePort());
    const relay = await start({ METRICS_PORT });
    await relay.prints('is ready');
    const scraped = await (await fetch(`http://127.0.0.1:${METRICS_PORT}/metrics`)).text();
    expect(scraped).toContain('wecard_lookup_audit_log_writable 1');
    const { code, errors } = await (await start({ METRICS_PORT })).ended;
    expect(code).toBe(1);
    expect(errors).toContain(
      `Port ${METRICS_PORT} is in use. Stop what listens there, or set METRICS_PORT to`,
    );
    relay.signal('SIGINT');
    expect((await relay.ended).code).toBe(0);
  });

  test('tells every problem with the settings, and starts nothing', async () => {
    const relay = await start({ LOCALE: 'fr', SIGN_IN: 'oidc', SESSION_KEYS: 'c2hvcnQ=' });
    const { code, output, errors } = await relay.ended;
    expect([code, output]).toEqual([1, '']);
    expect(errors.trim().split('\n')).toEqual([
      'The settings need a change before this can start:',
      expect.stringMatching(/^ {2}SESSION_KEYS .*openssl/),
      expect.stringMatching(/^ {2}SIGN_IN .*wecard, header, none/),
      expect.stringMatching(/^ {2}LOCALE .*zh-CN/),
    ]);
  });
});

describe('SIGTERM', () => {
  test('makes it not ready, lets what runs end, and ends with 0', async () => {
    const emulator = await emulatorFor();
    const relay = await startBefore(emulator.url);
    await search(relay.url, '沈青禾');
    emulator.change({ faults: [{ endpoint: 'search', delayMs: 2_500 }] });
    const slow = search(relay.url, '顾星河');
    await vi.waitFor(() => expect(emulator.stats.calls.search).toBe(2), 60_000);
    relay.signal('SIGTERM');
    await relay.prints('shutting down');
    const ready = await fetch(`${relay.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ errcode: 503 });
    expect((await fetch(`${relay.url}/healthz`)).status).toBe(200);
    expect((await slow).status).toBe(200);
    expect((await relay.ended).code).toBe(0);
  });

  test('twice ends it at once', async () => {
    const emulator = await emulatorFor();
    const relay = await startBefore(emulator.url);
    relay.signal('SIGTERM');
    await relay.prints('shutting down');
    relay.signal('SIGTERM');
    const { code, output } = await relay.ended;
    expect(code).toBe(1);
    expect(output).not.toContain('took too long');
  });

  test('ends after ten seconds whatever still runs', () => {
    vi.useFakeTimers();
    const exits: number[] = [];
    const shutDown = createShutdown({
      drain: () => undefined,
      close: () => new Promise(() => undefined),
      logger: createLogger('silent'),
      exit: (code) => exits.push(code),
    });
    shutDown('SIGTERM');
    vi.advanceTimersByTime(9_999);
    expect(exits).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(exits).toEqual([1]);
    vi.useRealTimers();
  });
});

test('SIGINT ends it with 0', async () => {
  const emulator = await emulatorFor();
  const relay = await startBefore(emulator.url);
  relay.signal('SIGINT');
  expect((await relay.ended).code).toBe(0);
});

test.each([
  ['SIGTERM', 2_000],
  ['SIGINT', 0],
] as const)('%s gives balancers %i ms to see that it is not ready', async (signal, graceMs) => {
  vi.useFakeTimers();
  const closes: number[] = [];
  const shutDown = createShutdown({
    drain: () => undefined,
    close: () => {
      closes.push(Date.now());
      return Promise.resolve();
    },
    logger: createLogger('silent'),
    exit: () => undefined,
  });
  const start = Date.now();
  shutDown(signal);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(closes).toEqual([start + graceMs]);
  vi.useRealTimers();
});

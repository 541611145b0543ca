import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { createLogger } from '#server/logger.ts';
import { createShutdown } from '#server/shutdown.ts';
import { start, startBefore } from './support/entry.ts';
import { closeAfterTest, emulatorFor, search } from './support/relay.ts';

describe('the entry', () => {
  test('starts the emulator where no platform is set, and prints the address', async () => {
    const relay = await start();
    const output = await relay.prints('is ready');
    expect(output).toMatch(/^wecard-lookup is ready: http:\/\/localhost:\d+$/m);
    expect((await search(relay.url, '沈青禾')).body.userlist).toHaveLength(1);
  }, 60_000);

  test('tells in one line that the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    closeAfterTest(() => new Promise((resolve) => server.close(resolve)));
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const relay = await start({ PORT: String(port) });
    const { code, errors } = await relay.ended;
    expect(code).toBe(1);
    expect(errors).toBe(`Port ${port} is in use. Stop what listens there, or set PORT to another.\n`);
  }, 60_000);

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
  }, 60_000);
});

describe('SIGTERM', () => {
  test('makes it not ready, lets what runs end, and ends with 0', async () => {
    const emulator = await emulatorFor();
    const relay = await startBefore(emulator.url);
    await search(relay.url, '沈青禾');
    emulator.change({ faults: [{ endpoint: 'search', delayMs: 2_500 }] });
    const slow = search(relay.url, '顾星河');
    await vi.waitFor(() => expect(emulator.stats.calls.search).toBe(2), 5_000);
    relay.signal('SIGTERM');
    await relay.prints('shutting down');
    const ready = await fetch(`${relay.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ errcode: 503 });
    expect((await fetch(`${relay.url}/healthz`)).status).toBe(200);
    expect((await slow).status).toBe(200);
    expect((await relay.ended).code).toBe(0);
  }, 60_000);

  test('twice ends it at once', async () => {
    const emulator = await emulatorFor();
    const relay = await startBefore(emulator.url);
    const started = performance.now();
    relay.signal('SIGTERM');
    await relay.prints('shutting down');
    relay.signal('SIGTERM');
    expect((await relay.ended).code).toBe(1);
    expect(performance.now() - started).toBeLessThan(1_900);
  }, 60_000);

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

test('SIGINT does not wait for balancers', async () => {
  const emulator = await emulatorFor();
  const relay = await startBefore(emulator.url);
  const started = performance.now();
  relay.signal('SIGINT');
  expect((await relay.ended).code).toBe(0);
  expect(performance.now() - started).toBeLessThan(1_900);
}, 60_000);

import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { start } from '../support/entry.ts';

const HOST = 'Host: localhost';

/** After each of these Node leaves the socket to its listeners, or answers by itself. */
const REQUESTS: Readonly<Record<string, string>> = {
  'a tunnel (CONNECT)': 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n',
  'another protocol (Upgrade)': `GET /healthz HTTP/1.1\r\n${HOST}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  'expectations that nobody has': `GET /healthz HTTP/1.1\r\n${HOST}\r\nExpect: the-best\r\n\r\n`.repeat(20),
  'no HTTP': 'hello\r\n\r\n',
};

test.each(Object.entries(REQUESTS))('outlives clients that reset at once: %s', async (_name, request) => {
  const relay = await start();
  await relay.prints('is ready');
  const port = Number(new URL(relay.url).port);
  for (let wave = 0; wave < 20; wave += 1) {
    await Promise.all(Array.from({ length: 10 }, () => sendAndReset(port, request)));
  }
  expect((await fetch(`${relay.url}/healthz`)).status).toBe(200);
  relay.signal('SIGTERM');
  expect(await relay.ended).toMatchObject({ code: 0, errors: '' });
});

/** Hands the bytes over, and throws the connection away before an answer can be written to it. */
async function sendAndReset(port: number, request: string): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1' });
  // A relay that is gone refuses; whether it is gone is asked in the end.
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.write(request, 'latin1', () => socket.resetAndDestroy());
  await closed;
}

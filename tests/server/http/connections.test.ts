import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import fastify from 'fastify';
import { describe, expect, test, vi } from 'vitest';
import { limitConnections } from '#server/http/connections.ts';
import { bodyOf, sendRaw } from '../support/raw.ts';
import { closeAfterTest, emulatorFor, search, startRelay } from '../support/relay.ts';

const HEAD = [
  'POST /api/members/search HTTP/1.1',
  'Host: localhost',
  'Content-Type: application/json',
  'X-Requested-With: wecard-lookup',
].join('\r\n');

async function port() {
  const emulator = await emulatorFor();
  const { port: number } = await startRelay({ platform: emulator.url });
  return number;
}

const HALVES = {
  'nothing at all': '',
  'half a request line': 'POST /api/mem',
  'half a header': `${HEAD}\r\nX-Half: `,
  'half a body': `${HEAD}\r\nContent-Length: 100\r\n\r\n{"keywords":`,
  'half a chunk': `${HEAD}\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{"keyw`,
  'a chunk that never ends': `${HEAD}\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{"\r\n`,
};

/** Node's own deadlines are a minute and more. */
const PATIENCE_MS = 45_000;

describe('a request that is not whole', () => {
  test('is closed by the relay, wherever it stops', async () => {
    const number = await port();
    const replies = await Promise.all(
      Object.entries(HALVES).map(async ([what, text]) => ({
        what,
        ...(await sendRaw(number, [text], PATIENCE_MS)),
      })),
    );
    for (const reply of replies) {
      expect(reply.ms, reply.what).toBeLessThan(PATIENCE_MS);
      expect([0, 408], reply.what).toContain(reply.status);
      if (reply.status === 408) expect(bodyOf(reply)).toMatchObject({ errcode: 408 });
    }
  });

  test('a body that drips is closed by the relay', async () => {
    const number = await port();
    const socket = connect(number, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`${HEAD}\r\nContent-Length: 1000\r\n\r\n`);
    const drip = setInterval(() => socket.write(' '), 200);
    const closed = new Promise((resolve) => socket.once('close', () => resolve('closed')));
    expect(await Promise.race([closed, sleep(PATIENCE_MS)])).toBe('closed');
    clearInterval(drip);
  });
});

describe('a request that is none', () => {
  test.each([
    ['noise', 'hello\r\n\r\n', 400],
    ['TLS', Buffer.from('160301020001', 'hex'), 400],
    ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', 400],
    ['a method that nobody knows', 'FROB / HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    ['two lengths', `${HEAD}\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
    ['a length and chunks', `${HEAD}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`, 400],
    ['a length that is no number', `${HEAD}\r\nContent-Length: two\r\n\r\n{}`, 400],
    ['a space before the colon', `${HEAD}\r\nX-A : b\r\n\r\n`, 400],
    ['a bare line feed in a header', `${HEAD}\r\nX-A: b\nX-B: c\r\n\r\n`, 400],
    ['headers without end', `${HEAD}\r\nX-Long: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
    ['an address without end', `GET /${'a'.repeat(40_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
  ])('%s is refused in the envelope', async (_name, text, status) => {
    const reply = await sendRaw(await port(), [text]);
    expect(reply.status).toBe(status);
    expect(bodyOf(reply)).toEqual({
      errcode: status,
      errmsg: expect.any(String) as string,
      request_id: /x-request-id: (\w+)/i.exec(reply.text)?.[1],
    });
  });
});

test('a relay that was bothered still answers', async () => {
  const emulator = await emulatorFor();
  const { port: number, url } = await startRelay({ platform: emulator.url });
  await Promise.all(Array.from({ length: 50 }, () => sendRaw(number, ['\0\r\n\r\n'])));
  expect((await search(url, '沈青禾')).status).toBe(200);
});

describe('a client that never reads', () => {
  async function start(limits: { most?: number; writeDeadlineMs?: number }) {
    const app = fastify();
    closeAfterTest(() => app.close());
    limitConnections(app, limits);
    // More than the buffers between the two hold.
    app.get('/', () => Buffer.alloc(32 * 1024 * 1024));
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port: number } = app.server.address() as AddressInfo;
    const open = () => {
      const socket = connect(number, '127.0.0.1').on('error', () => undefined);
      closeAfterTest(() => Promise.resolve(socket.destroy()));
      return socket;
    };
    const connections = promisify(app.server.getConnections.bind(app.server));
    return { open, connections };
  }

  test('is not waited for', async () => {
    const { open, connections } = await start({ writeDeadlineMs: 300 });
    const socket = open().pause();
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await vi.waitFor(async () => expect(await connections()).toBe(1), 10_000);
    await vi.waitFor(async () => expect(await connections()).toBe(0), 10_000);
  });

  test('is one of so many, and no more', async () => {
    const { open, connections } = await start({ most: 2 });
    open();
    open();
    await vi.waitFor(async () => expect(await connections()).toBe(2), 10_000);
    const third = open();
    await new Promise((resolve) => third.once('close', resolve));
    expect(await connections()).toBe(2);
  });

  test('has both limits in the relay', async () => {
    const { relay } = await startRelay({ platform: (await emulatorFor()).url });
    expect(relay.app.server.maxConnections).toBe(4_000);
  });
});

import { describe, expect, test } from 'vitest';
import { bodyOf, sendRaw } from '../support/raw.ts';
import { emulatorFor, search, startRelay } from '../support/relay.ts';

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

describe('a request that is not whole', () => {
  test('is closed within 6 s, wherever it stops', async () => {
    const number = await port();
    const replies = await Promise.all(
      Object.entries(HALVES).map(async ([what, text]) => ({
        what,
        ...(await sendRaw(number, [text], 12_000)),
      })),
    );
    for (const reply of replies) {
      expect(reply.ms, reply.what).toBeLessThan(6_500);
      expect([0, 408], reply.what).toContain(reply.status);
      if (reply.status === 408) expect(bodyOf(reply)).toMatchObject({ errcode: 408 });
    }
  });

  test('a body that drips is closed within 6 s', async () => {
    const { connect } = await import('node:net');
    const number = await port();
    const started = performance.now();
    const socket = connect(number, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`${HEAD}\r\nContent-Length: 1000\r\n\r\n`);
    const drip = setInterval(() => socket.write(' '), 200);
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(drip);
    expect(performance.now() - started).toBeLessThan(7_500);
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
    const reply = await sendRaw(await port(), [text], 8_000);
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

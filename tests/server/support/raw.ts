import { connect } from 'node:net';

export interface RawReply {
  /** Everything that came, as it came. */
  text: string;
  /** 0 when nothing like an answer came. */
  status: number;
  /** Milliseconds until the other side closed. */
  ms: number;
}

/** Writes bytes to a port and reads until the other side closes, or for `patienceMs`. */
export function sendRaw(port: number, parts: (string | Buffer)[], patienceMs = 45_000): Promise<RawReply> {
  const started = performance.now();
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    const patience = setTimeout(() => socket.destroy(), patienceMs);
    socket.on('data', (chunk) => chunks.push(chunk));
    // A reset is one way of closing.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(patience);
      const text = Buffer.concat(chunks).toString();
      resolve({
        text,
        status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0),
        ms: performance.now() - started,
      });
    });
    for (const part of parts) socket.write(part);
  });
}

/** The JSON body of a raw answer. */
export function bodyOf({ text }: RawReply): Record<string, unknown> {
  return JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4)) as Record<string, unknown>;
}

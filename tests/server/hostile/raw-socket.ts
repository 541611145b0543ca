import { connect } from 'node:net';

/** One answer as it stood on the wire. */
export interface RawAnswer {
  status: number;
  headers: ReadonlyMap<string, string>;
  body: string;
}

export interface RawExchange {
  answers: RawAnswer[];
  /** Bytes behind the last whole answer. */
  rest: string;
  /** False: the relay kept the connection open and silent until `patienceMs` was over. */
  closed: boolean;
}

export interface RawOptions {
  /** Ends our side once everything is written, as a client does that waits for no more than the answer. */
  halfClose?: boolean;
  /** How long silence is waited out. */
  patienceMs?: number;
}

/**
 * Writes bytes as they are to a relay, and reads until it closes the connection or falls silent.
 *
 * @param parts latin1 text, each character one byte; written one after another.
 */
export function exchange(
  port: number,
  parts: readonly string[],
  options: RawOptions = {},
): Promise<RawExchange> {
  const { halfClose = false, patienceMs = 15_000 } = options;
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const finish = (closed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ ...readAnswers(Buffer.concat(chunks).toString('latin1')), closed });
    };
    const timer = setTimeout(() => finish(false), patienceMs);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('end', () => finish(true));
    socket.on('close', () => finish(true));
    // A relay that refuses early resets what is still being written.
    socket.on('error', () => finish(true));
    socket.setNoDelay(true);
    for (const part of parts) socket.write(part, 'latin1');
    if (halfClose) socket.end();
  });
}

function readAnswers(text: string): Pick<RawExchange, 'answers' | 'rest'> {
  const answers: RawAnswer[] = [];
  let rest = text;
  for (;;) {
    const head = /^HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n((?:[^\r\n]+\r\n)*)\r\n/.exec(rest);
    if (head === null) return { answers, rest };
    const headers = new Map(
      (head[2] ?? '').split('\r\n').map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
    );
    const length = Number(headers.get('content-length') ?? 0);
    const body = rest.slice(head[0].length, head[0].length + length);
    if (body.length < length) return { answers, rest };
    answers.push({ status: Number(head[1]), headers, body: Buffer.from(body, 'latin1').toString() });
    rest = rest.slice(head[0].length + length);
  }
}

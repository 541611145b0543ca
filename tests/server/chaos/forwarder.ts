import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { closeAfterTest } from '../support/relay.ts';

/** `cut`: connections end, and new ones are refused. `unheard`: they stay, and nothing arrives until they are open again. */
export type Way = 'open' | 'cut' | 'unheard';

/** One relay's way to something. */
export interface Forwarder {
  readonly port: number;
  set(way: Way): void;
}

export interface ForwarderOptions {
  /** The port of the loopback address that it leads to. */
  readonly to: number;
  /** Told of everything that goes there. */
  readonly onSent?: (chunk: Buffer) => void;
}

/** A TCP forwarder on a free port of the loopback address. */
export async function startForwarder({ to, onSent }: ForwarderOptions): Promise<Forwarder> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let way: Way = 'open';

  const server = createServer({ pauseOnConnect: true }, (near) => {
    if (way === 'cut') return void near.resetAndDestroy();
    const far = connect(to, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    join(near, far, onSent);
    join(far, near);
    if (way === 'open') for (const socket of pair) socket.resume();
    else for (const socket of pair) socket.pause();
  });

  /** Without `pipe`, which would resume what is paused. What cannot be written at once is small here. */
  function join(from: Socket, other: Socket, see?: (chunk: Buffer) => void): void {
    from.setNoDelay(true);
    from.on('data', (chunk) => {
      see?.(chunk);
      other.write(chunk);
    });
    from.on('end', () => other.end());
    from.on('error', () => other.destroy());
    from.on('close', () => {
      // Ends behind what was already written to it.
      other.end();
      for (const pair of pairs) if (pair.includes(from)) pairs.delete(pair);
    });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeAfterTest(async () => {
    for (const [near] of pairs) near.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    port: (server.address() as AddressInfo).port,
    set(next) {
      way = next;
      for (const pair of pairs)
        for (const socket of pair) {
          if (way === 'cut') socket.destroy();
          else if (way === 'unheard') socket.pause();
          else socket.resume();
        }
    },
  };
}

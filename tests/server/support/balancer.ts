import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { closeAfterTest } from './relay.ts';

/** How often readiness is asked for; the relay's grace is meant for balancers that ask every second. */
const ASK_EVERY_MS = 250;
const READY_DEADLINE_MS = 2_000;

export interface Balancer {
  url: string;
  /** Relays that are asked for readiness, and sent requests while they are ready. */
  add(relay: string): Promise<void>;
}

/** A balancer that knows readiness, keeps connections open, and repeats nothing: what a relay loses is lost. */
export async function startBalancer(): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  const ready = new Set<string>();
  let next = 0;

  async function ask(relay: string): Promise<void> {
    const isReady = await fetch(`${relay}/readyz`, {
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(READY_DEADLINE_MS),
    }).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (isReady) ready.add(relay);
    else ready.delete(relay);
  }

  const server = createServer((incoming, outgoing) => {
    const relays = [...ready];
    const relay = relays[(next += 1) % Math.max(1, relays.length)];
    if (relay === undefined) {
      outgoing.writeHead(599, { 'x-why': 'no relay is ready' }).end();
      return;
    }
    const { method, url, headers } = incoming;
    const onward = request(new URL(url ?? '/', relay), { method, headers, agent }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 599, answer.headers);
      // An answer that is cut ends the client's as well, which would wait for its rest for ever.
      pipeline(answer, outgoing, () => undefined);
    });
    onward.once('error', ({ message }) => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(599, { 'x-why': message }).end();
    });
    incoming.pipe(onward);
  });
  // Never ends a connection by itself: on a slow machine that would meet the client's next request on its way.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeAfterTest(async () => {
    agent.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async add(relay) {
      await ask(relay);
      const timer = setInterval(() => void ask(relay), ASK_EVERY_MS);
      closeAfterTest(() => {
        clearInterval(timer);
        return Promise.resolve();
      });
    },
  };
}

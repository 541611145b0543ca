import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** The way between the browser and the relay: it passes everything on as it is, and can be listened to, held and cut. */
export interface Network {
  readonly port: number;
  /** What the browser has sent so far. */
  readonly sent: readonly Sent[];
  /** Answers are on their way, held ones aside: what is on the screen may still move. */
  isBusy(): boolean;
  /** Keeps answers to paths like this back. @returns lets them through. */
  hold(path: RegExp): () => void;
  /** Changes the pages that are passed on. @returns ends it. */
  rewrite(change: (html: string) => string): () => void;
  /** Nobody answers, as when the network or the relay is gone. */
  cut(): Promise<void>;
  restore(): Promise<void>;
}

export async function openNetwork(relayPort: () => number): Promise<Network> {
  const sent: Sent[] = [];
  let held: { path: RegExp; opened: Promise<void> } | undefined;
  let underWay = 0;
  let change: ((html: string) => string) | undefined;

  const server = createServer((incoming, answer) => {
    const { method = '', url: path = '', headers } = incoming;
    sent.push({ method, path, headers });
    const gate = held?.path.test(path) === true ? held.opened : undefined;
    void (gate ?? Promise.resolve()).then(() => pass(incoming, answer));
  });

  function pass(incoming: IncomingMessage, answer: ServerResponse) {
    const { method, url: path, headers } = incoming;
    const changes = change !== undefined && headers.accept?.includes('text/html') === true;
    if (changes) delete headers['accept-encoding'];
    underWay += 1;
    answer.once('close', () => (underWay -= 1));
    const outgoing = request({ host: '127.0.0.1', port: relayPort(), method, path, headers }, (reply) => {
      if (changes && change !== undefined) void rewritten(reply, answer, change);
      else reply.pipe(answer.writeHead(reply.statusCode ?? 502, reply.rawHeaders));
    });
    outgoing.once('error', () => answer.destroy());
    incoming.pipe(outgoing);
  }

  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    port,
    sent,
    isBusy: () => underWay > 0,
    hold(path) {
      let open!: () => void;
      held = { path, opened: new Promise((resolve) => (open = resolve)) };
      return () => {
        held = undefined;
        open();
      };
    },
    rewrite(asked) {
      change = asked;
      return () => (change = undefined);
    },
    async cut() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
    restore: () => listen(port),
  };
}

async function rewritten(reply: IncomingMessage, answer: ServerResponse, change: (html: string) => string) {
  const chunks: Buffer[] = [];
  for await (const chunk of reply) chunks.push(chunk as Buffer);
  const headers = { ...reply.headers };
  delete headers['content-length'];
  answer.writeHead(reply.statusCode ?? 502, headers).end(change(Buffer.concat(chunks).toString()));
}

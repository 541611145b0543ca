import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request as send } from 'undici';
import { isRecord } from '#contract/json.ts';
import { closeAfterTest } from '#tests/server/support/relay.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Told {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What is done to what passes; a deliberately wrong backend is one of these in front of the relay. */
export interface Meddling {
  /** In place of asking the relay; undefined asks it. */
  instead?: (asked: Asked) => Promise<Told | undefined> | Told | undefined;
  /** How the relay is asked. */
  ask?: (asked: Asked) => Asked;
  tell?: (told: Told, asked: Asked) => Told | Promise<Told>;
}

/** A proxy on a free port, for the time of one test. Resolves with its address, without a slash. */
export async function startMeddler(relayUrl: string, meddling: Meddling): Promise<string> {
  const { instead = () => undefined, ask = (asked: Asked) => asked, tell = (told: Told) => told } = meddling;
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      void (async () => {
        const { method = '', url: path = '', headers } = incoming;
        const asked = { method, path, headers, body: Buffer.concat(chunks).toString() };
        const told = (await instead(asked)) ?? (await tell(await onward(relayUrl, ask(asked)), asked));
        outgoing.writeHead(told.status, told.headers).end(told.body);
      })();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeAfterTest(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What belongs to one connection is not handed on. */
async function onward(relayUrl: string, { method, path, headers, body }: Asked): Promise<Told> {
  const answer = await send(relayUrl + path, {
    method: method as 'GET',
    headers: without(headers, 'connection', 'content-length', 'host'),
    ...(body === '' ? {} : { body }),
  });
  const { 'content-type': type, 'x-request-id': id, 'x-problem': problem } = answer.headers;
  const told = { 'content-type': type, 'x-request-id': id, 'x-problem': problem };
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(
      Object.entries(told).filter(([, value]) => value !== undefined),
    ) as Told['headers'],
    body: await answer.body.text(),
  };
}

export function without(headers: IncomingHttpHeaders, ...names: string[]): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

export function json(status: number, body: object): Told {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** Changes the JSON that is told. */
export function changeBody(change: (body: Record<string, unknown>) => void): Meddling {
  return {
    tell(told) {
      if (!told.body.startsWith('{')) return told;
      const body: unknown = JSON.parse(told.body);
      if (isRecord(body)) change(body);
      return { ...told, body: JSON.stringify(body) };
    },
  };
}

export function changeMembers(change: (member: Record<string, unknown>) => void): Meddling {
  return changeBody(({ userlist }) => {
    if (Array.isArray(userlist)) userlist.filter(isRecord).forEach(change);
  });
}

export function changeHeaders(change: (headers: Record<string, string | undefined>) => void): Meddling {
  return {
    tell(told) {
      const headers: Record<string, string | undefined> = { ...told.headers };
      change(headers);
      const left = Object.entries(headers).filter(([, value]) => value !== undefined);
      return { ...told, headers: Object.fromEntries(left) as Told['headers'] };
    },
  };
}

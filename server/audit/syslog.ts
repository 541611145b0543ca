import { once } from 'node:events';
import { createSocket } from 'node:dgram';
import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { hostname } from 'node:os';
import { connect as connectTls } from 'node:tls';

/** A collector that takes nothing for so long is not there. */
const DEADLINE_MS = 10_000;
/** What one datagram can hold over IPv4. */
const MAX_DATAGRAM_BYTES = 65_507;
/** RFC 5424: log audit. */
const FACILITY = 13;
const DEFAULT_PORTS: Readonly<Partial<Record<string, number>>> = { 'udp:': 514, 'tcp:': 601, 'tls:': 6514 };

export interface SyslogMessage {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly severity: 'info' | 'warning';
  /** What kind of message: RFC 5424's MSGID. */
  readonly id: string;
  readonly text: string;
}

/** A collector of syslog messages (RFC 5424). */
export interface Syslog {
  /** Resolves when there is room for the next. @throws Error in an operator's words. */
  send(message: SyslogMessage): Promise<void>;
  /** Resolves when everything has been handed over. */
  close(): Promise<void>;
}

/**
 * `udp://host:514` (RFC 5426: none is told of a message that is lost), `tcp://host:601` with the length before each
 * message (RFC 6587, 3.4.1), or the same in TLS: `tls://host:6514` (RFC 5425), whose certificate must be valid.
 *
 * @throws Error in an operator's words.
 */
export async function openSyslog(address: string, deadlineMs = DEADLINE_MS): Promise<Syslog> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const usualPort = DEFAULT_PORTS[url?.protocol ?? ''];
  if (url === undefined || url.hostname === '' || usualPort === undefined) {
    throw new Error('--syslog takes udp://host:514, tcp://host:601 or tls://host:6514');
  }
  const port = url.port === '' ? usualPort : Number(url.port);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const where = `${url.protocol}//${url.hostname}:${port}`;
  if (url.protocol === 'udp:') return openDatagrams(host, port, where);
  const socket =
    url.protocol === 'tls:' ? connectTls({ host, port, servername: host }) : connectTcp({ host, port });
  return openStream(socket, url.protocol === 'tls:' ? 'secureConnect' : 'connect', where, deadlineMs);
}

async function openDatagrams(host: string, port: number, where: string): Promise<Syslog> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  try {
    socket.connect(port, host);
    await once(socket, 'connect');
  } catch (error) {
    throw unreachable(where, error);
  }
  // A machine where nobody listens may say so, behind a datagram that was sent.
  let failure: Error | undefined;
  socket.on('error', (error) => (failure = unreachable(where, error)));
  return {
    async send(message) {
      if (failure !== undefined) throw failure;
      const bytes = Buffer.from(textOf(message));
      if (bytes.length > MAX_DATAGRAM_BYTES)
        throw new Error('A record is too long for UDP: use tcp:// or tls://');
      await new Promise<void>((resolve, reject) => {
        socket.send(bytes, (error) => (error === null ? resolve() : reject(unreachable(where, error))));
      });
    },
    async close() {
      socket.close();
      await once(socket, 'close');
      if (failure !== undefined) throw failure;
    },
  };
}

async function openStream(socket: Socket, ready: string, where: string, deadlineMs: number): Promise<Syslog> {
  let failure: Error | undefined;
  socket.setTimeout(deadlineMs, () => socket.destroy(new Error('it does not answer')));
  socket.on('error', (error) => (failure = unreachable(where, error)));
  // A collector says nothing; one that closes before we do wants no more.
  socket.resume();
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const orClosed = async (done: Promise<unknown>) => {
    await Promise.race([done, closed]);
    if (failure !== undefined) throw failure;
    if (socket.destroyed) throw unreachable(where, new Error('it closed the connection'));
  };
  await orClosed(eventOf(socket, ready));
  return {
    async send(message) {
      const bytes = Buffer.from(textOf(message));
      if (failure !== undefined || socket.destroyed) await orClosed(closed);
      const hasRoom = socket.write(Buffer.concat([Buffer.from(`${bytes.length} `), bytes]));
      if (!hasRoom) await orClosed(eventOf(socket, 'drain'));
    },
    async close() {
      socket.end();
      await closed;
      if (failure !== undefined) throw failure;
    },
  };
}

/** Unlike `once` of `node:events`, it does not take the error from whoever else listens. */
function eventOf(socket: Socket, name: string): Promise<void> {
  return new Promise((resolve) => socket.once(name, () => resolve()));
}

function unreachable(where: string, error: unknown): Error {
  const why = error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error);
  return new Error(`${where} cannot be written to: ${why}`);
}

/** `<110>1 2025-03-01T04:00:00.000Z lookup wecard-lookup - search - …` */
function textOf({ time, severity, id, text }: SyslogMessage): string {
  const priority = FACILITY * 8 + (severity === 'info' ? 6 : 4);
  const host =
    hostname()
      .replace(/[^\x21-\x7e]/g, '')
      .slice(0, 255) || '-';
  return `<${priority}>1 ${time} ${host} wecard-lookup - ${id} - ${text}`;
}

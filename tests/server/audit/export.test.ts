import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LookupRecord } from '#server/audit/audit-log.ts';
import { runAuditLog } from '#server/audit/commands.ts';
import { exportLine } from '#server/audit/export.ts';
import { openSyslog } from '#server/audit/syslog.ts';
import type { Syslog } from '#server/audit/syslog.ts';
import { aSearch, SECRET } from './samples.ts';
import { makeFolder, openTestLog, recordsOf } from './support.ts';

const NIGHT = Date.UTC(2025, 1, 28, 15, 59);
const HOUR = 3_600_000;

const LOOKUPS: LookupRecord[] = [
  aSearch({ requestId: 'r1', viewer: 'T1001' }),
  aSearch({
    requestId: 'r2',
    event: 'refusal',
    outcome: 'forbidden',
    viewer: 'S2001',
    kind: 'student',
    members: [],
    repeated: 3,
  }),
  aSearch({ requestId: 'r3', event: 'reveal', viewer: 'T1001', fields: ['telephone'], reason: '家长来电' }),
];

/** An hour between two records; the first one is on the last minute of a day of the campus. */
async function makeLog(): Promise<string> {
  const folder = await makeFolder();
  let now = NIGHT;
  const log = await openTestLog({ folder, now: () => now });
  for (const lookup of LOOKUPS) {
    await log.record(lookup);
    now += HOUR;
  }
  await log.close();
  return folder;
}

async function auditLog(folder: string, ...args: string[]) {
  let [out, err] = ['', ''];
  const code = await runAuditLog(args, {
    env: { AUDIT_DIR: folder, AUDIT_KEY: SECRET.toString('base64') },
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    readInput: () => Promise.resolve(''),
  });
  return { code, out, err };
}

const requestsIn = (ndjson: string) =>
  ndjson
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as { request: string }).request]));

describe('the audit log by date', () => {
  it('ends a day when the campus does, and says whose clock it is', async () => {
    const folder = await makeLog();
    expect(requestsIn((await auditLog(folder, 'export', '--to', '2025-02-28')).out)).toEqual(['r1']);
    expect(requestsIn((await auditLog(folder, 'export', '--from', '2025-03-01')).out)).toEqual(['r2', 'r3']);
    const { out } = await auditLog(folder, 'by', 'T1001', '--from', '2025-03-01', '--to', '2025-03-01');
    expect(out).toMatch(/^time \(Asia\/Shanghai\) /);
    expect(out).toContain('2025-03-01 01:59:00');
    expect(out).toContain('1 record of this viewer from 2025-03-01 to 2025-03-01 (Asia/Shanghai).');
    const utc = await auditLog(folder, 'by', 'T1001', '--from', '2025-03-01', '--time-zone', 'UTC');
    expect(utc.out).toContain('Nothing is recorded of this viewer from 2025-03-01 (UTC).');
    expect((await auditLog(folder, 'stats', '--to', '2025-02-28')).out).toContain(
      '1 viewer, 1 member to 2025-02-28',
    );
  });

  it.each([
    [['verify', '--from', '2025-03-01'], 'verify reads the whole log'],
    [['stats', '--from', 'today'], '--from takes a day'],
    [['stats', '--time-zone', 'Peking'], '--time-zone takes a name'],
    [['export', '--format', 'xml'], '--format takes ndjson or cef'],
    [['export', '--json'], '--json is for everything else'],
    [['stats', '--syslog', 'udp://127.0.0.1'], '--syslog are for export'],
    [['export', '--syslog', 'http://127.0.0.1'], '--syslog takes udp://'],
  ])('%j is explained', async (args, says) => {
    const { code, out, err } = await auditLog(await makeLog(), ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
  });
});

describe('refusals', () => {
  it('are listed, with viewers by the names in a file', async () => {
    const folder = await makeLog();
    const names = join(await makeFolder(), 'ids.txt');
    await writeFile(names, 'T1001\r\nS2001\t李雷\r\n');
    const { code, out } = await auditLog(folder, 'refusals', '--names', names);
    expect(code).toBe(0);
    expect(out).toMatch(/refusal +forbidden +- +0 +S2001 \(李雷\) +student/);
    expect(out).toContain('; 3 more');
    expect(out).toContain('1 record of what came to nothing.');
  });
});

describe('export', () => {
  it('writes JSON lines with hashes, and an id beside those that are named', async () => {
    const folder = await makeLog();
    const names = join(await makeFolder(), 'ids.txt');
    await writeFile(names, 'T1001\n');
    const { out } = await auditLog(folder, 'export', '--names', names);
    const [first, second, third] = out
      .split('\n')
      .map((line) => line && (JSON.parse(line) as Record<string, unknown>));
    expect(first).toMatchObject({
      event: 'search',
      viewer_id: 'T1001',
      count: 1,
      time: '2025-02-28T15:59:00.000Z',
    });
    expect(second).not.toHaveProperty('viewer_id');
    expect(second).toMatchObject({ event: 'refusal', outcome: 'forbidden', repeated: 3 });
    expect(third).not.toHaveProperty('reason');
    expect(out).not.toContain('王小明');
    expect(out).not.toContain('07302590');
  });

  it('writes Common Event Format', async () => {
    const { out } = await auditLog(await makeLog(), 'export', '--format', 'cef');
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^CEF:0\|wecard-lookup\|relay\|[\d.]+\|search\|search: ok\|3\|rt=1740758340000 externalId=\S{43} /,
    );
    expect(lines[1]).toMatch(
      /\|refusal\|refusal: forbidden\|6\|.* act=refusal outcome=forbidden suid=\S{22} spriv=student cnt=3 /,
    );
    expect(lines[2]).toContain(' cs3=telephone cs3Label=fields ');
  });

  it('keeps every record on one line, whatever a viewer is called', async () => {
    const [, record] = await recordsOf(await makeLog());
    if (record === undefined || record.event === 'open' || record.event === 'close')
      throw new Error('no lookup');
    const viewer = 'viewer' in record ? (record.viewer ?? '') : '';
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const names = { viewers: new Map([[viewer, name]]), relays: new Map([[record.relay, name]]) };
        const cef = exportLine(record, 'cef', names);
        const [, suser = ''] = / suser=(.*) suid=/s.exec(cef) ?? [];
        expect(cef).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(suser.replace(/\\[\\=]/g, '')).not.toMatch(/[\\=]/);
        const ndjson = exportLine(record, 'ndjson', names);
        expect(ndjson).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect((JSON.parse(ndjson) as { viewer_id: string }).viewer_id).toBe(name);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** A collector that counts octets, and gives what it got. */
async function startCollector(onConnection: (socket: Socket) => void = () => undefined) {
  let received = Buffer.alloc(0);
  const server = createServer((socket) => {
    socket.on('data', (chunk) => (received = Buffer.concat([received, chunk])));
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return {
    address: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages() {
      const messages: string[] = [];
      for (let at = 0; at < received.length;) {
        const space = received.indexOf(' ', at);
        const length = Number(received.toString('latin1', at, space));
        messages.push(received.toString('utf8', space + 1, space + 1 + length));
        at = space + 1 + length;
      }
      return messages;
    },
  };
}

const MESSAGE = { time: '2025-03-01T04:00:00.000Z', severity: 'info', id: 'search', text: '张伟' } as const;

/** More than any socket has room for. */
async function sendMuch(syslog: Syslog): Promise<void> {
  const text = 'x'.repeat(1_000_000);
  for (let sent = 0; sent < 100; sent += 1) await syslog.send({ ...MESSAGE, text });
}

describe('export to syslog', () => {
  it('sends each record over TCP, with its length before it', async () => {
    const collector = await startCollector();
    const { code, out } = await auditLog(
      await makeLog(),
      'export',
      '--format',
      'cef',
      '--syslog',
      collector.address,
    );
    expect({ code, out }).toEqual({ code: 0, out: `3 records were sent to ${collector.address}.\n` });
    const messages = collector.messages();
    expect(messages).toHaveLength(3);
    expect(messages[0]).toMatch(
      /^<110>1 2025-02-28T15:59:00\.000Z \S+ wecard-lookup - search - CEF:0\|.*\|search: ok\|/,
    );
    expect(messages[1]).toMatch(/^<108>1 /);
  });

  it('loses none of many to a collector that is slow', async () => {
    const collector = await startCollector((socket) => {
      socket.pause();
      setImmediate(() => socket.resume());
    });
    const syslog = await openSyslog(collector.address);
    const text = randomBytes(3_000).toString('hex');
    for (let sent = 0; sent < 500; sent += 1) await syslog.send({ ...MESSAGE, text: `${sent} ${text}` });
    await syslog.close();
    expect(collector.messages().map((message) => Number(message.split(' ')[7]))).toEqual([
      ...Array(500).keys(),
    ]);
  });

  it('sends a datagram for each record over UDP', async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    onTestFinished(() => void socket.close());
    const messages: string[] = [];
    const all = new Promise<void>((resolve) => {
      socket.on('message', (bytes) => {
        if (messages.push(bytes.toString()) === 3) resolve();
      });
    });
    const { code } = await auditLog(
      await makeLog(),
      'export',
      '--syslog',
      `udp://127.0.0.1:${socket.address().port}`,
    );
    expect(code).toBe(0);
    await all;
    expect(messages[2]).toMatch(
      /^<110>1 2025-02-28T17:59:00\.000Z \S+ wecard-lookup - reveal - \{.*"request":"r3"/,
    );
  });

  it('says so where nobody listens', async () => {
    const { address } = await startCollector();
    const gone = address.replace(/\d+$/, '1');
    const { code, err } = await auditLog(await makeLog(), 'export', '--syslog', gone);
    expect({ code, err }).toEqual({ code: 2, err: `${gone} cannot be written to: ECONNREFUSED\n` });
  });

  it('says so where nobody listens to datagrams, as far as that is told', async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const address = `udp://127.0.0.1:${socket.address().port}`;
    const syslog = await openSyslog(address);
    await new Promise<void>((resolve) => socket.close(resolve));
    const sending = async () => {
      for (let sent = 0; sent < 100; sent += 1) {
        await syslog.send(MESSAGE);
        // The refusal of one comes back before the next is sent, as while a log is read.
        for (let turn = 0; turn < 10; turn += 1) await nextTurn();
      }
    };
    await expect(sending()).rejects.toThrow(`${address} cannot be written to: ECONNREFUSED`);
    await syslog.close().catch(() => undefined);
  });

  it('gives a collector that takes nothing no more than its time', async () => {
    const collector = await startCollector((socket) => void socket.pause());
    const syslog = await openSyslog(collector.address, 200);
    await expect(sendMuch(syslog)).rejects.toThrow('cannot be written to: it does not answer');
  });

  it('says so where the collector closes', async () => {
    const collector = await startCollector((socket) => socket.destroy());
    const syslog = await openSyslog(collector.address);
    await expect(sendMuch(syslog)).rejects.toThrow('cannot be written to');
  });

  it('believes no certificate that is not valid', async () => {
    const { address } = await startCollector((socket) => socket.end('not TLS'));
    await expect(openSyslog(address.replace('tcp:', 'tls:'))).rejects.toThrow('cannot be written to');
  });

  it('names UDP where a record is too long for it', async () => {
    const syslog = await openSyslog('udp://127.0.0.1:9');
    onTestFinished(() => syslog.close());
    await expect(async () => syslog.send({ ...MESSAGE, text: 'x'.repeat(70_000) })).rejects.toThrow(
      'use tcp://',
    );
  });
});

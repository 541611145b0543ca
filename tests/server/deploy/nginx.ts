import { spawn, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#tests/support/processes.ts';
import { missingPackages } from '../../../scripts/lib/packages.mjs';
import { closeAfterTest } from '../support/relay.ts';

const NGINX = '/usr/sbin/nginx';
/** A build machine has it; elsewhere its tests are skipped. */
export const NO_NGINX = process.env.CI === undefined && missingPackages(['nginx', 'openssl']).length > 0;
export const HOST_NAME = 'lookup.campus.example';
const DEADLINE_MS = 60_000;

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Nginx {
  /** The port of HTTPS; certificates are of its own making. */
  port: number;
  /** Of plain HTTP. */
  plainPort: number;
  accessLog(): string;
  ask(
    path: string,
    options?: {
      method?: string;
      headers?: Record<string, string>;
      body?: string;
      /** The address that it comes from, another one of this machine's: limits count by it. */
      from?: string;
    },
  ): Promise<Answer>;
}

/**
 * A real nginx with the files of `deploy/nginx`, in a folder of its own in place of `/etc`, on free ports.
 *
 * @param others ports of further relays: the line of a second one in `relays.conf` counts then, for each of them.
 */
export async function startNginx(relayPort: number, ...others: number[]): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'wecard-nginx-'));
  const [port, plainPort] = [await freePort(), await freePort()];
  cpSync('deploy/nginx', join(folder, 'nginx'), { recursive: true });
  makeCertificate(join(folder, 'ssl/wecard-lookup'));
  const adapt = (file: string, changes: Record<string, string>) => {
    const path = join(folder, 'nginx', file);
    const text = Object.entries(changes).reduce(
      (now, [from, to]) => {
        if (!now.includes(from)) throw new Error(`${file} has no ${from}`);
        return now.replaceAll(from, to);
      },
      readFileSync(path, 'utf8'),
    );
    writeFileSync(path, text);
  };
  adapt('wecard-lookup.conf', {
    '/etc/': `${folder}/`,
    'listen 443 ': `listen 127.0.0.1:${port} `,
    'listen 80;': `listen 127.0.0.1:${plainPort};`,
  });
  const another = '#server 127.0.0.1:3001 max_fails=0;';
  adapt('wecard-lookup/relays.conf', {
    '127.0.0.1:3000': `127.0.0.1:${relayPort}`,
    [another]:
      others.length === 0
        ? another
        : others.map((to) => another.slice(1).replace('3001', String(to))).join('\n'),
  });
  writeFileSync(join(folder, 'nginx.conf'), mainConfig(folder, join(folder, 'nginx/wecard-lookup.conf')));

  const agent = new Agent({ rejectUnauthorized: false, keepAlive: true });
  const child = spawn(NGINX, ['-c', join(folder, 'nginx.conf'), '-p', folder, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  closeAfterTest(async () => {
    agent.destroy();
    child.kill('SIGQUIT');
    await exited;
    rmSync(folder, { recursive: true });
  });

  const ask: Nginx['ask'] = (path, { method = 'GET', headers = {}, body, from } = {}) =>
    new Promise((resolve, reject) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port,
          path,
          method,
          headers: { host: HOST_NAME, ...headers },
          agent,
          localAddress: from,
        },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
          );
        },
      );
      asked.once('error', reject).setTimeout(DEADLINE_MS, () => asked.destroy(new Error('no answer')));
      asked.end(body);
    });
  while (
    !(await ask('/healthz').then(
      () => true,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error(`nginx ended: ${errors}`);
  }
  return { port, plainPort, ask, accessLog: () => readFileSync(join(folder, 'access.log'), 'utf8') };
}

/** What a distribution's `nginx.conf` does around `conf.d`; `folder` takes what it writes. */
export function mainConfig(folder: string, sites: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/tmp-${kind};`)
    .join('\n  ');
  return `daemon off;
master_process off;
pid ${folder}/nginx.pid;
events {}
http {
  access_log ${folder}/access.log;
  ${temporary}
  include ${sites};
}
`;
}

/** A key and a certificate of its own making, by the names that `deploy/nginx` reads. */
export function makeCertificate(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const names = ['-subj', `/CN=${HOST_NAME}`, '-addext', `subjectAltName=DNS:${HOST_NAME}`];
  const files = ['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      ...names,
      ...files,
    ],
    { stdio: 'ignore' },
  );
}

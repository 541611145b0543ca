import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { freePort } from '#tests/support/processes.ts';
import type { startMeasured } from '../relay/process.ts';
import type { Measured } from '../relay/process.ts';

/** As `deploy/nginx` has it, and as the relays are told to be called. */
export const HOST_NAME = 'lookup.campus.example';

/** An nginx of one process, so that its processor time is one process's. */
export interface Front {
  /** HTTPS on loopback; ask it by the name `HOST_NAME`. */
  readonly url: string;
  readonly process: Measured;
}

/**
 * A real nginx with the files of `deploy/nginx`, in front of some relays: only ports, paths and the relays' addresses
 * are others.
 *
 * @param folder an empty one, for this nginx alone.
 */
export async function startFront(
  folder: string,
  relayUrls: readonly string[],
  start: typeof startMeasured,
): Promise<Front> {
  const [port, plainPort] = [await freePort(), await freePort()];
  cpSync('deploy/nginx', join(folder, 'nginx'), { recursive: true });
  makeCertificate(join(folder, 'ssl/wecard-lookup'));
  change(join(folder, 'nginx/wecard-lookup.conf'), (text) =>
    text
      .replaceAll('/etc/', `${folder}/`)
      .replaceAll('listen 443 ', `listen 127.0.0.1:${port} `)
      .replaceAll('listen 80;', `listen 127.0.0.1:${plainPort};`),
  );
  change(join(folder, 'nginx/wecard-lookup/relays.conf'), (text) => withRelays(text, relayUrls));
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, mainConfig(folder));
  const url = `https://127.0.0.1:${port}`;
  const process = await start({
    command: 'nginx',
    args: ['-c', file, '-p', folder, '-e', 'stderr'],
    readyUrl: () => answers(`${url}/readyz`),
    logFile: join(folder, 'nginx.log'),
  });
  return { url, process };
}

/** The first line for a relay, once for each of ours; its parameters stay. */
function withRelays(text: string, relayUrls: readonly string[]): string {
  const [line, parameters = ''] = /^ *server [\d.]+:\d+(.*);$/m.exec(text) ?? [];
  if (line === undefined) throw new Error('relays.conf names no relay');
  const servers = relayUrls.map((url) => `    server ${new URL(url).host}${parameters};`);
  return text.replace(line, servers.join('\n')).replace(/^ *server 127\.0\.0\.1:300\d.*\n/gm, '');
}

/** What a distribution's own file does around the site, in one process. */
function mainConfig(folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/tmp-${kind};`)
    .join('\n  ');
  return `daemon off;
master_process off;
pid ${folder}/nginx.pid;
events { worker_connections 1024; }
http {
  access_log ${folder}/access.log;
  ${temporary}
  include ${folder}/nginx/wecard-lookup.conf;
}
`;
}

function makeCertificate(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const files = ['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')];
  const args = ['req', '-x509', ...key, '-days', '2', '-subj', `/CN=${HOST_NAME}`, ...files];
  execFileSync('openssl', args, { stdio: 'ignore' });
}

function change(file: string, edit: (text: string) => string): void {
  const text = readFileSync(file, 'utf8');
  const edited = edit(text);
  if (edited === text) throw new Error(`${file} is not as it was`);
  writeFileSync(file, edited);
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    request(url, { agent: false, rejectUnauthorized: false, headers: { host: HOST_NAME } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    })
      .on('error', () => resolve(false))
      .end();
  });
}

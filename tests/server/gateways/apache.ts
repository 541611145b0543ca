import { spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingPackages } from '../../../scripts/lib/packages.mjs';
import { closeAfterTest } from '../support/relay.ts';

const READY_DEADLINE_MS = 60_000;
const APACHE = '/usr/sbin/apache2';
const APACHE_MODULES = '/usr/lib/apache2/modules';
const MODULES =
  'mpm_event authn_core authz_core authz_user alias headers socache_shmcb ssl proxy proxy_http'.split(' ');

const missing = missingPackages([
  'apache2',
  'libapache2-mod-auth-openidc',
  'libapache2-mod-auth-cas',
  'openssl',
]);
/** Why there is no Apache to test with; undefined where there is. On a build machine it has to be there. */
export const NO_APACHE = missing.length === 0 ? undefined : `Debian: apt-get install ${missing.join(' ')}`;
if (NO_APACHE !== undefined && process.env.CI) throw new Error(`There is no Apache. ${NO_APACHE}`);

export interface Apache {
  readonly folder: string;
  /** What it logged about errors. */
  errors(): Promise<string>;
}

export interface ApacheOptions {
  /** Beneath `deploy/apache/`. */
  readonly file: string;
  readonly module: 'auth_openidc' | 'auth_cas';
  readonly port: number;
  /** In place of what stands behind each `Define` of that name; `{folder}` is Apache's own. */
  readonly defines: Readonly<Record<string, string>>;
  /** More lines, as an administrator would add. */
  readonly more?: string;
}

/** Apache in the foreground, on loopback, with a configuration of `deploy/`, for the time of one test. */
export async function startApache({
  file,
  module,
  port,
  defines,
  more = '',
}: ApacheOptions): Promise<Apache> {
  const folder = await mkdtemp(join(tmpdir(), 'apache-'));
  closeAfterTest(() => rm(folder, { recursive: true }));
  await prepare(folder);
  await writeFile(join(folder, 'site.conf'), await fill(file, port, folder, defines));
  await writeFile(join(folder, 'apache2.conf'), mainConfig(folder, port, module, more));

  const child = spawn(APACHE, ['-d', folder, '-f', join(folder, 'apache2.conf'), '-DFOREGROUND'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  }
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  closeAfterTest(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const errors = async () => output + (await readFile(join(folder, 'error.log'), 'utf8').catch(() => ''));
  const hasEnded = ended.then(() => true);
  const deadline = Date.now() + READY_DEADLINE_MS;
  while (!(await accepts(port))) {
    const isOver = await Promise.race([
      hasEnded,
      new Promise<false>((go) => setTimeout(() => go(false), 50)),
    ]);
    if (isOver || Date.now() > deadline) throw new Error(`Apache does not serve: ${await errors()}`);
  }
  return { folder, errors };
}

/** Where Apache starts as root, it serves as Debian's own user, who has to read and write here. */
async function prepare(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  const sessions = join(folder, 'sessions');
  await mkdir(sessions);
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat('/var/cache/apache2/mod_auth_cas');
  await chown(sessions, uid, gid);
}

async function fill(
  file: string,
  port: number,
  folder: string,
  defines: ApacheOptions['defines'],
): Promise<string> {
  let text = await readFile(join('deploy/apache', file), 'utf8');
  text = text.replace('<VirtualHost *:443>', `<VirtualHost 127.0.0.1:${port}>`);
  for (const [name, value] of Object.entries(defines)) {
    const line = new RegExp(`^Define ${name} .*$`, 'm');
    if (!line.test(text)) throw new Error(`${file} defines no ${name}`);
    text = text.replace(line, () => `Define ${name} "${value.replace('{folder}', folder)}"`);
  }
  return text;
}

function mainConfig(folder: string, port: number, module: string, more: string): string {
  return [
    `ServerRoot ${folder}`,
    'ServerName localhost',
    `PidFile ${folder}/apache2.pid`,
    `Mutex file:${folder} default`,
    `Listen 127.0.0.1:${port}`,
    `ErrorLog ${folder}/error.log`,
    ...[...MODULES, module].map((name) => `LoadModule ${name}_module ${APACHE_MODULES}/mod_${name}.so`),
    ...(process.getuid?.() === 0 ? ['User www-data', 'Group www-data'] : []),
    more,
    `Include ${folder}/site.conf`,
    '',
  ].join('\n');
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

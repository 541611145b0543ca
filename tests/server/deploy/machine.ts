import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '#tests/support/processes.ts';
import { closeAfterTest } from '../support/relay.ts';
import { mainConfig, makeCertificate } from './nginx.ts';

/** The folders of a machine that the page writes to; each stands below an empty folder instead. */
const FOLDERS = ['/opt/', '/etc/', '/var/lib/'];

/**
 * Follows the commands of `docs/deploy.md` line by line without touching this machine: its paths begin in an
 * empty folder, its ports are free ones, and where it asks systemd for something, the unit's own command is started.
 */
export class Machine {
  readonly root: string;
  readonly ports: { relay: number; second: number; https: number; http: number };
  /** Where commands run, as a person's shell does. */
  #here: string;
  /** By the name of its unit. */
  readonly #relays = new Map<string, ChildProcess>();
  #nginx: ChildProcess | undefined;

  static async start(): Promise<Machine> {
    const ports = {
      relay: await freePort(),
      second: await freePort(),
      https: await freePort(),
      http: await freePort(),
    };
    const machine = new Machine(mkdtempSync(join(tmpdir(), 'wecard-machine-')), ports);
    closeAfterTest(() => machine.#end());
    return machine;
  }

  private constructor(root: string, ports: Machine['ports']) {
    this.root = root;
    this.ports = ports;
    this.#here = join(root, 'home');
    for (const folder of ['home', 'etc/systemd/system', 'etc/nginx/conf.d', 'var/lib/wecard-lookup']) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    makeCertificate(join(root, 'etc/ssl/wecard-lookup'));
    writeFileSync(
      join(root, 'etc/nginx/nginx.conf'),
      mainConfig(root, join(root, 'etc/nginx/conf.d/*.conf')),
    );
  }

  /** Where a path of the page is. */
  path(path: string): string {
    return FOLDERS.some((folder) => path.startsWith(folder)) ? join(this.root, path) : join(this.#here, path);
  }

  /** Changes a file as its reader is asked to. */
  edit(path: string, changes: Readonly<Record<string, string>>): void {
    const file = this.path(path);
    const text = Object.entries(changes).reduce(
      (now, [from, to]) => {
        if (!now.includes(from)) throw new Error(`${path} has no ${from}`);
        return now.replaceAll(from, to);
      },
      readFileSync(file, 'utf8'),
    );
    writeFileSync(file, text);
  }

  /** Each block begins where a person's shell does. @returns what its lines printed. @throws where one of them fails. */
  async run(block: string): Promise<string> {
    this.#here = join(this.root, 'home');
    let printed = '';
    for (const line of block.trim().split('\n')) printed += await this.#line(line);
    return printed;
  }

  async #line(line: string): Promise<string> {
    const command = line.replace(/^sudo (-u \S+ )?/, '');
    if (command.startsWith('cd ')) this.#here = this.path(command.slice(3));
    else if (command.startsWith('useradd ') || command === 'systemctl daemon-reload') return '';
    else if (/^systemctl (enable --now|restart|disable --now) wecard-lookup/.test(command)) {
      const units = command.match(/wecard-lookup(@\d+)?/g) ?? [];
      for (const unit of units) await this.#endRelay(unit);
      if (!command.includes('disable')) for (const unit of units) await this.#startRelay(unit);
    } else if (command === 'systemctl reload nginx') await this.#startNginx();
    else
      return this.#shell(
        command.replace('nginx -t', `nginx -t -e stderr -c ${this.path('/etc/nginx/nginx.conf')}`),
      );
    return '';
  }

  async #shell(command: string): Promise<string> {
    const here = FOLDERS.reduce(
      (now, folder) =>
        now
          .replaceAll(` ${folder}`, ` ${this.root}${folder}`)
          .replaceAll(`=${folder}`, `=${this.root}${folder}`),
      command,
    )
      .replaceAll('-g wecard-lookup', `-g ${String(process.getgid?.())}`)
      .replaceAll(':3000', `:${this.ports.relay}`)
      .replaceAll(':3001', `:${this.ports.second}`)
      .replace(/^node /, `${process.execPath} `);
    const { stdout } = await promisify(execFile)('sh', ['-ec', here], { cwd: this.#here });
    return stdout;
  }

  async #endRelay(unit: string): Promise<void> {
    await ended(this.#relays.get(unit), 'SIGTERM');
    this.#relays.delete(unit);
  }

  /** As the unit says, and for an instance (`wecard-lookup@3001`) what is added to it. */
  async #startRelay(name: string): Promise<void> {
    const [template = '', instance] = name.split('@');
    const file = `/etc/systemd/system/${template}${instance === undefined ? '' : '@'}.service`;
    const unit = readFileSync(this.path(file), 'utf8');
    const addition = instance && readFileSync(this.path(`${file}.d/port.conf`), 'utf8');
    const port = instance === '3001' ? this.ports.second : this.ports.relay;
    const valueOf = (key: string) => new RegExp(`^${key}=(.+)$`, 'm').exec(unit)?.[1] ?? '';
    const [, ...args] = valueOf('ExecStart')
      .split(' ')
      .map((part) => part.replace(/(?<=^|=)\/(opt|etc)\//, `${this.root}/$1/`));
    const relay = spawn(process.execPath, args, {
      cwd: this.path(valueOf('WorkingDirectory')),
      env: {
        PATH: process.env.PATH,
        ...(addition?.includes('\nEnvironment=PORT=%i\n') ? { PORT: String(port) } : {}),
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.#relays.set(name, relay);
    await answers(`http://127.0.0.1:${port}/readyz`, relay);
  }

  async #startNginx(): Promise<void> {
    await ended(this.#nginx, 'SIGQUIT');
    const config = this.path('/etc/nginx/nginx.conf');
    this.#nginx = spawn('nginx', ['-c', config, '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'inherit'] });
    await answers(`http://127.0.0.1:${this.ports.http}/`, this.#nginx);
  }

  async #end(): Promise<void> {
    await ended(this.#nginx, 'SIGQUIT');
    for (const relay of this.#relays.values()) await ended(relay, 'SIGKILL');
    await rm(this.root, { recursive: true });
  }
}

async function ended(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child?.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await exited;
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  const isThere = () =>
    fetch(url, { redirect: 'manual', headers: { connection: 'close' } }).then(
      ({ status }) => status < 500,
      () => false,
    );
  while (!(await isThere())) {
    if (server.exitCode !== null) throw new Error(`it ended with ${server.exitCode} before it answered`);
  }
}

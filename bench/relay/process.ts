import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** The first `npm start` installs and builds. */
const READY_DEADLINE_MS = 180_000;
/** Clock ticks of `/proc/PID/stat`; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** A process of its own whose costs are read from `/proc`. */
export interface Measured {
  readonly pid: number;
  /** From its start until it was ready, ms. */
  readonly startMs: number;
  /** Processor time so far, user and system, in ms. */
  cpuMs(): number;
  /** Resident memory now, in MB of 1,000,000 bytes. */
  rssMb(): number;
  stop(): Promise<void>;
}

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Answers 200 once the process is ready; where that cannot be asked over plain HTTP, a question of its own. */
  readonly readyUrl: string | (() => Promise<boolean>);
  /** Takes what the process prints, as a school's journal does. */
  readonly logFile: string;
}

/** @throws when it ends before it is ready, or is not in time; what it said is in the log file. */
export async function startMeasured({ command, args, env, readyUrl, logFile }: Command): Promise<Measured> {
  const log = openSync(logFile, 'a');
  const start = performance.now();
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', log, log],
    // A group of its own: npm's children end with it.
    detached: true,
  });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} cannot be started`);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGTERM');
    await exited;
  };
  const isReady = typeof readyUrl === 'string' ? () => answers(readyUrl) : readyUrl;
  while (!(await isReady())) {
    const isOver = child.exitCode !== null || performance.now() - start > READY_DEADLINE_MS;
    if (isOver) {
      await stop();
      throw new Error(`${command} ${args.join(' ')} is not ready:\n${readFileSync(logFile, 'utf8')}`);
    }
    await sleep(5);
  }
  return {
    pid,
    startMs: performance.now() - start,
    cpuMs: () => (cpuTicks(pid) * 1_000) / TICKS_PER_SECOND,
    rssMb: () => (rssKb(pid) * 1_024) / 1e6,
    stop,
  };
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    }).on('error', () => resolve(false));
  });
}

/** Fields 14 and 15 of proc(5), counted after the name, which may hold spaces. */
function cpuTicks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

function rssKb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

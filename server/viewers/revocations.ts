import { open, readFile } from 'node:fs/promises';
import type { Clock } from '#server/clock.ts';
import { memoryCounters } from '#server/limits/counters.ts';
import type { Logger } from '#server/logger.ts';
import { giveToFoldersOwner, replaceFile, unless, withLock } from '#server/owned-files.ts';

/** Sessions that ended before their time: a sealed cookie alone cannot be taken back. */
export interface Revocations {
  /** @param until when the session would be over by itself, in milliseconds since the epoch. */
  revoke(sessionId: string, until: number): Promise<void>;
  isRevoked(sessionId: string): Promise<boolean>;
}

/** Those that this relay knows of. */
export interface LocalRevocations extends Revocations {
  /** As `revoke`, until the relay stops. */
  remember(sessionId: string, until: number): Promise<void>;
  entries(): Iterable<readonly [sessionId: string, until: number]>;
}

/** Sign-outs of one relay, forgotten when it stops: enough where the sealing keys are, too. */
export function createMemoryRevocations(clock: Clock): LocalRevocations {
  const revoked = memoryCounters(clock);
  const remember = (sessionId: string, until: number) => revoked.set(sessionId, 1, (until - clock()) / 1_000);
  return {
    revoke: remember,
    remember,
    isRevoked: async (sessionId) => (await revoked.get(sessionId)).count > 0,
    entries: () =>
      [...revoked.entries()].map(([id, { secondsLeft }]) => [id, clock() + secondsLeft * 1_000] as const),
  };
}

interface FileOptions {
  readonly file: string;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'error'>;
}

/**
 * Sign-outs that outlive the relay: a line each of `<session id> <until>`. Relays on one machine may have one file: each
 * line is added, and those that are over are taken out, under its lock.
 */
export async function openFileRevocations({ file, clock, logger }: FileOptions): Promise<LocalRevocations> {
  const memory = createMemoryRevocations(clock);
  const isCurrent = ({ until }: Line) => until > clock();
  const lines = await readLines(file);
  for (const { id, until } of lines.filter(isCurrent)) await memory.revoke(id, until);
  if (!lines.every(isCurrent)) {
    await withLock(file, async () => {
      const current = (await readLines(file)).filter(isCurrent);
      await replaceFile(file, current.map(lineOf).join(''));
    }).catch((err: unknown) => logger.error({ err }, 'sign-outs that are over stay in their file'));
  }

  let waiting = '';
  let writing = Promise.resolve();

  /** What comes while the file is written goes with the next write: a crowd waits for the lock once. */
  function write(line: string): Promise<void> {
    waiting += line;
    writing = writing.then(async () => {
      const together = waiting;
      waiting = '';
      if (together === '') return;
      await withLock(file, () => append(file, together)).catch((err: unknown) =>
        logger.error({ err }, 'a sign-out holds until the relay stops'),
      );
    });
    return writing;
  }

  return {
    ...memory,
    async revoke(sessionId, until) {
      await memory.revoke(sessionId, until);
      await write(lineOf({ id: sessionId, until }));
    },
  };
}

async function append(path: string, lines: string): Promise<void> {
  const file = await open(path, 'a', 0o600);
  try {
    if ((await file.stat()).size === 0) await giveToFoldersOwner(file, path);
    await file.appendFile(lines);
  } finally {
    await file.close();
  }
}

interface Line {
  readonly id: string;
  readonly until: number;
}

function lineOf({ id, until }: Line): string {
  return `${id} ${until}\n`;
}

async function readLines(file: string): Promise<Line[]> {
  const text = (await readFile(file, 'utf8').catch(unless('ENOENT'))) ?? '';
  return text.split('\n').flatMap((line) => {
    const [id = '', until = ''] = line.split(' ');
    return id !== '' && /^\d+$/.test(until) ? [{ id, until: Number(until) }] : [];
  });
}

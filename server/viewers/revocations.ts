import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '#server/clock.ts';
import { memoryCounters } from '#server/limits/counters.ts';
import { giveToFoldersOwner, makeFolder, replaceFile } from '#server/owned-files.ts';

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
  /** Told when a sign-out holds only until the relay stops. */
  readonly onProblem: (error: unknown) => void;
}

/** Sign-outs that outlive the relay: a line each of `<session id> <until>`. */
export async function openFileRevocations({
  file,
  clock,
  onProblem,
}: FileOptions): Promise<LocalRevocations> {
  const memory = createMemoryRevocations(clock);
  const lines = await readLines(file);
  const current = lines.filter(({ until }) => until > clock());
  for (const { id, until } of current) await memory.revoke(id, until);
  if (current.length < lines.length) {
    await replaceFile(file, current.map(({ id, until }) => lineOf(id, until)).join(''));
  }

  return {
    ...memory,
    async revoke(sessionId, until) {
      await memory.revoke(sessionId, until);
      try {
        await makeFolder(dirname(file));
        await append(file, lineOf(sessionId, until));
      } catch (error) {
        onProblem(error);
      }
    },
  };
}

async function append(path: string, line: string): Promise<void> {
  const file = await open(path, 'a', 0o600);
  try {
    if ((await file.stat()).size === 0) await giveToFoldersOwner(file, path);
    await file.appendFile(line);
  } finally {
    await file.close();
  }
}

function lineOf(id: string, until: number): string {
  return `${id} ${until}\n`;
}

async function readLines(file: string): Promise<{ id: string; until: number }[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line) => {
    const [id = '', until = ''] = line.split(' ');
    return id !== '' && /^\d+$/.test(until) ? [{ id, until: Number(until) }] : [];
  });
}

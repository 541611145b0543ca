import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '#server/clock.ts';

/** Sessions that ended before their time: a sealed cookie alone cannot be taken back. */
export interface Revocations {
  /** @param until when the session would be over by itself, in milliseconds since the epoch. */
  revoke(sessionId: string, until: number): Promise<void>;
  isRevoked(sessionId: string): Promise<boolean>;
}

/** Sign-outs of one relay, forgotten when it stops: enough where the sealing keys are, too. */
export function createMemoryRevocations(clock: Clock): Revocations {
  const revoked = new Map<string, number>();
  return {
    revoke(sessionId, until) {
      for (const [id, end] of revoked) if (end <= clock()) revoked.delete(id);
      revoked.set(sessionId, until);
      return Promise.resolve();
    },
    isRevoked: (sessionId) => Promise.resolve(revoked.has(sessionId)),
  };
}

interface FileOptions {
  readonly file: string;
  readonly clock: Clock;
  /** Told when a sign-out holds only until the relay stops. */
  readonly onProblem: (error: unknown) => void;
}

/** Sign-outs that outlive the relay: a line each of `<session id> <until>`. */
export async function openFileRevocations({ file, clock, onProblem }: FileOptions): Promise<Revocations> {
  const memory = createMemoryRevocations(clock);
  const lines = await readLines(file);
  const current = lines.filter(({ until }) => until > clock());
  for (const { id, until } of current) await memory.revoke(id, until);
  if (current.length < lines.length) {
    await writeFile(`${file}.new`, current.map(({ id, until }) => lineOf(id, until)).join(''), {
      mode: 0o600,
    });
    await rename(`${file}.new`, file);
  }

  return {
    async revoke(sessionId, until) {
      await memory.revoke(sessionId, until);
      try {
        await mkdir(dirname(file), { recursive: true });
        await appendFile(file, lineOf(sessionId, until), { mode: 0o600 });
      } catch (error) {
        onProblem(error);
      }
    },
    isRevoked: (sessionId) => memory.isRevoked(sessionId),
  };
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

import { mkdtemp, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fileDocument } from '#server/shared/document.ts';

describe('the lock of a shared file', () => {
  it('is waited for while it is held, however old its file says it is', async () => {
    const { document, lock } = await lockedDocument();
    const events: string[] = [];
    const changed = document.update(() => {
      events.push('changed');
      return Promise.resolve({ text: '', result: undefined });
    });
    // Many turns of the waiting: on a slow machine fewer, and then this shows less.
    await sleep(500);
    events.push('given back');
    await unlink(lock);
    await changed;
    expect(events).toEqual(['given back', 'changed']);
  });

  it('is taken from a process that was killed', async () => {
    const { document, lock } = await lockedDocument();
    await document.update(() => Promise.resolve({ text: 'new', result: undefined }));
    expect((await document.read()).text).toBe('new');
    await expect(stat(lock)).rejects.toThrow('ENOENT');
  });
});

/** Held by somebody on a machine whose clock is two minutes behind. */
async function lockedDocument() {
  const folder = await mkdtemp(join(tmpdir(), 'wecard-document-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'kiosks.json');
  const lock = `${file}.lock`;
  await writeFile(lock, '');
  const then = new Date(Date.now() - 120_000);
  await utimes(lock, then, then);
  return { document: fileDocument(file), lock };
}

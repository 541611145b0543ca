import { readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { TrailLock } from '#server/audit/lock.ts';
import { startBusyWriter } from './busy.ts';
import { aSearch } from './samples.ts';
import { makeTrailFile, openTestTrail } from './support.ts';

/** Above every pid that Linux, macOS and Windows give. */
const NO_PROCESS = 2 ** 30;

async function leaveLock(file: string, holder: object | string, secondsAgo = 0): Promise<void> {
  await writeFile(`${file}.lock`, typeof holder === 'string' ? holder : JSON.stringify(holder));
  const then = new Date(Date.now() - secondsAgo * 1_000);
  await utimes(`${file}.lock`, then, then);
}

describe('the lock of a trail', () => {
  it('keeps a second relay of the same process away, and says what to do', async () => {
    const file = await makeTrailFile();
    await openTestTrail({ file });
    await expect(openTestTrail({ file })).rejects.toMatchObject({
      name: 'TrailLocked',
      message: expect.stringMatching(
        /^Another relay writes .*Give each relay its own AUDIT_FILE\.$/,
      ) as string,
    });
  });

  it('keeps a second process away until the first is gone, killed or not', { timeout: 60_000 }, async () => {
    const file = await makeTrailFile();
    const busy = startBusyWriter(file, 'first', 1);
    await busy.until(() => busy.acknowledged.length > 0);
    await expect(openTestTrail({ file })).rejects.toThrow(
      `process ${String(busy.child.pid)} of this machine`,
    );
    await busy.kill();
    await openTestTrail({ file });
  });

  it('is made again when somebody clears it away, and is lost to whoever took it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const file = await makeTrailFile();
    const trail = await openTestTrail({ file });
    await rm(`${file}.lock`);
    vi.advanceTimersByTime(5_000);
    await vi.waitFor(async () => expect(await readFile(`${file}.lock`, 'utf8')).toContain(hostname()));
    await trail.record(aSearch());
    await leaveLock(file, { pid: 1, host: 'elsewhere', token: 't' });
    vi.advanceTimersByTime(5_000);
    await vi.waitFor(() => expect(trail.record(aSearch())).rejects.toThrow('another process took the lock'));
    expect(await readFile(`${file}.lock`, 'utf8')).toContain('elsewhere');
  });

  it('is given back on closing', async () => {
    const file = await makeTrailFile();
    await (await openTestTrail({ file })).close();
    await (await openTestTrail({ file })).close();
    await expect(readFile(`${file}.lock`)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is given back when opening fails', async () => {
    const file = await makeTrailFile();
    await expect(openTestTrail({ file, now: () => NaN })).rejects.toThrow();
    await openTestTrail({ file });
  });

  it.each([
    { name: 'a process that is gone', holder: { pid: NO_PROCESS, host: hostname(), token: 't' }, age: 0 },
    {
      name: 'a former life with our pid',
      holder: { pid: process.pid, host: hostname(), token: 't' },
      age: 0,
    },
    { name: 'another host that went silent', holder: { pid: 1, host: 'elsewhere', token: 't' }, age: 60 },
    { name: 'a crash while it was made', holder: '{"pi', age: 60 },
  ])('is taken from $name', async ({ holder, age }) => {
    const file = await makeTrailFile();
    await leaveLock(file, holder, age);
    await openTestTrail({ file });
  });

  it.each([
    { name: 'another host that was there just now', holder: { pid: 1, host: 'elsewhere', token: 't' } },
    { name: 'a process that is just making it', holder: '' },
  ])('is left to $name', async ({ holder }) => {
    const file = await makeTrailFile();
    await leaveLock(file, holder, 1);
    await expect(openTestTrail({ file })).rejects.toMatchObject({ name: 'TrailLocked' });
  });

  it('goes to one only of many who find it stale', async () => {
    const file = await makeTrailFile();
    await leaveLock(file, { pid: NO_PROCESS, host: hostname(), token: 't' });
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => TrailLock.take(file)));
    const taken = results.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
    expect(taken).toHaveLength(1);
    await taken[0]?.release();
  });
});

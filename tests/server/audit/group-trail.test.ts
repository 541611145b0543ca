import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GroupTrail } from '#server/audit/group-trail.ts';
import { TrailUnavailable } from '#server/audit/trail.ts';
import { aSearch, KEYS } from './samples.ts';

/** A disk that does what the test says, one commit at a time. */
function makeDisk() {
  const commits: { bodies: readonly string[]; done: () => void; fail: (error: Error) => void }[] = [];
  const trail = new GroupTrail({
    writer: {
      commit: (bodies) =>
        new Promise((done, fail) => {
          commits.push({ bodies, done, fail });
        }),
      sealSoon: () => undefined,
      close: () => Promise.resolve(),
    },
    lock: { held: true, release: () => Promise.resolve() },
    key: KEYS[0],
    now: () => Date.UTC(2025, 2, 1),
    log: undefined,
  });
  const nextCommit = (index: number) =>
    vi.waitFor(() => {
      const commit = commits[index];
      if (commit === undefined) throw new Error(`commit ${index} has not begun`);
      return commit;
    });
  return { trail, commits, nextCommit };
}

/** What became of a record so far. */
function watch(recording: Promise<void>) {
  const watched = { state: 'waiting' };
  recording.then(
    () => (watched.state = 'kept'),
    (error: unknown) => (watched.state = error instanceof TrailUnavailable ? error.message : 'wrong error'),
  );
  return watched;
}

const STALLED = 'The trail cannot be written: the disk does not answer';

describe('group commit', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('writes what came meanwhile together, and acknowledges only what is written', async () => {
    const { trail, commits, nextCommit } = makeDisk();
    const first = watch(trail.record(aSearch()));
    const commit = await nextCommit(0);
    const others = Array.from({ length: 10 }, () => watch(trail.record(aSearch())));
    expect(first.state).toBe('waiting');
    commit.done();
    const second = await nextCommit(1);
    expect(first.state).toBe('kept');
    expect(second.bodies).toHaveLength(10);
    expect(others.map(({ state }) => state)).toEqual(Array(10).fill('waiting'));
    second.done();
    await vi.waitFor(() => expect(others.every(({ state }) => state === 'kept')).toBe(true));
    expect(commits).toHaveLength(2);
  });

  it('refuses rather than waits while the disk hangs, and goes on when it answers', async () => {
    const { trail, nextCommit } = makeDisk();
    const hung = watch(trail.record(aSearch()));
    const commit = await nextCommit(0);
    const behind = watch(trail.record(aSearch()));
    await vi.advanceTimersByTimeAsync(5_000);
    expect([hung.state, behind.state, trail.writable]).toEqual([STALLED, STALLED, false]);
    await expect(trail.record(aSearch())).rejects.toThrow(STALLED);
    commit.done();
    await vi.waitFor(() => expect(trail.writable).toBe(true));
    const after = watch(trail.record(aSearch()));
    (await nextCommit(1)).done();
    await vi.waitFor(() => expect(after.state).toBe('kept'));
  });

  it('tries again by itself after a failure, and writes down what it refused', async () => {
    const { trail, nextCommit } = makeDisk();
    const refused = watch(trail.record(aSearch()));
    (await nextCommit(0)).fail(new Error('no space left on device'));
    await vi.waitFor(() =>
      expect(refused.state).toBe('The trail cannot be written: no space left on device'),
    );
    expect(trail.writable).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    const retry = await nextCommit(1);
    expect(retry.bodies.map((body) => JSON.parse(body) as unknown)).toMatchObject([
      { event: 'resume', since: '2025-03-01T00:00:00.000Z', refused: 1 },
    ]);
    retry.done();
    await vi.waitFor(() => expect(trail.writable).toBe(true));
  });
});

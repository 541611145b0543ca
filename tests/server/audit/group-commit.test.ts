import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GroupCommit } from '#server/audit/group-commit.ts';
import { AuditLogUnavailable } from '#server/audit/audit-log.ts';
import { aSearch, KEYS } from './samples.ts';

/** A disk that does what the test says, one commit at a time. */
function makeDisk() {
  const commits: { contents: readonly string[]; done: () => void; fail: (error: Error) => void }[] = [];
  const log = new GroupCommit({
    writer: {
      commit: (contents) =>
        new Promise((done, fail) => {
          commits.push({ contents, done, fail });
        }),
      close: () => Promise.resolve(),
    },
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
  return { log, commits, nextCommit };
}

/** What became of a record so far. */
function watch(recording: Promise<void>) {
  const watched = { state: 'waiting' };
  recording.then(
    () => (watched.state = 'kept'),
    (error: unknown) =>
      (watched.state = error instanceof AuditLogUnavailable ? (error.about.rule ?? '') : 'wrong error'),
  );
  return watched;
}

const STALLED = 'the disk does not answer';

describe('group commit', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('writes what came meanwhile together, and acknowledges only what is written', async () => {
    const { log, commits, nextCommit } = makeDisk();
    const first = watch(log.record(aSearch()));
    const commit = await nextCommit(0);
    const others = Array.from({ length: 10 }, () => watch(log.record(aSearch())));
    expect(first.state).toBe('waiting');
    commit.done();
    const second = await nextCommit(1);
    expect(first.state).toBe('kept');
    expect(second.contents).toHaveLength(10);
    expect(others.map(({ state }) => state)).toEqual(Array(10).fill('waiting'));
    second.done();
    await vi.waitFor(() => expect(others.every(({ state }) => state === 'kept')).toBe(true));
    expect(commits).toHaveLength(2);
  });

  it('refuses rather than waits while the disk hangs, and goes on when it answers', async () => {
    const { log, nextCommit } = makeDisk();
    const hung = watch(log.record(aSearch()));
    const commit = await nextCommit(0);
    const behind = watch(log.record(aSearch()));
    await vi.advanceTimersByTimeAsync(5_000);
    expect([hung.state, behind.state, log.writable]).toEqual([STALLED, STALLED, false]);
    await expect(log.record(aSearch())).rejects.toMatchObject({
      reason: 'audit-log-not-writable',
      about: { rule: STALLED },
      status: 503,
    });
    commit.done();
    await vi.waitFor(() => expect(log.writable).toBe(true));
    const after = watch(log.record(aSearch()));
    (await nextCommit(1)).done();
    await vi.waitFor(() => expect(after.state).toBe('kept'));
  });

  it('tries again by itself after a failure, and writes down what it refused', async () => {
    const { log, nextCommit } = makeDisk();
    const refused = watch(log.record(aSearch()));
    (await nextCommit(0)).fail(new Error('no space left on device'));
    await vi.waitFor(() => expect(refused.state).toBe('no space left on device'));
    expect(log.writable).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    const retry = await nextCommit(1);
    expect(retry.contents.map((content) => JSON.parse(content) as unknown)).toMatchObject([
      { event: 'resume', since: '2025-03-01T00:00:00.000Z', refused: 1 },
    ]);
    retry.done();
    await vi.waitFor(() => expect(log.writable).toBe(true));
  });
});

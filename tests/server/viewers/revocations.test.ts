import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFileRevocations } from '#server/viewers/revocations.ts';

const NOON = Date.UTC(2026, 2, 2, 4);
const OVER = `over ${NOON - 1}\n`;
const LATER = NOON + 3_600_000;
/** Whoever starts and whoever writes meet in another moment each time. */
const ROUNDS = 40;

async function newFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'sign-outs-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'sign-outs');
  const problems: unknown[] = [];
  const logger = { error: (...of: unknown[]) => void problems.push(of.at(-1)) };
  return { folder, file, problems, open: () => openFileRevocations({ file, clock: () => NOON, logger }) };
}

describe('two relays with one file of sign-outs', () => {
  it('start at once, though something in it is over', async () => {
    const { folder, file, problems, open } = await newFolder();
    for (let round = 0; round < ROUNDS; round += 1) {
      await writeFile(file, `${OVER}current ${LATER}\n`);
      const relays = await Promise.all([open(), open()]);
      for (const relay of relays) expect(await relay.isRevoked('current')).toBe(true);
      expect(await readFile(file, 'utf8')).toBe(`current ${LATER}\n`);
    }
    expect(problems).toEqual([]);
    expect(await readdir(folder)).toEqual(['sign-outs']);
  });

  it('lose no sign-out of the one while the other starts', async () => {
    const { file, problems, open } = await newFolder();
    const first = await open();
    const ids: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await appendFile(file, OVER);
      const during = Array.from({ length: 5 }, (_, at) => `session-${round}-${at}`);
      const starting = open();
      for (const id of during) {
        await first.revoke(id, LATER);
        await nextTurn();
      }
      await starting;
      ids.push(...during);
    }
    const again = await open();
    for (const id of ids) expect(await again.isRevoked(id), id).toBe(true);
    expect(problems).toEqual([]);
  });

  it('keep all that a crowd signs out of at both', async () => {
    const { problems, open } = await newFolder();
    const [a, b] = [await open(), await open()];
    const ids = Array.from({ length: 1_000 }, (_, at) => `session-${at}`);
    await Promise.all(ids.map((id, at) => (at % 2 === 0 ? a : b).revoke(id, LATER)));
    const again = await open();
    for (const id of ids) expect(await again.isRevoked(id), id).toBe(true);
    expect(problems).toEqual([]);
  });
});

describe('a relay that cannot write its file of sign-outs', () => {
  it('starts, with what stands in it, and says what that costs', async () => {
    const { file, problems, open } = await newFolder();
    await writeFile(file, `${OVER}current ${LATER}\n`);
    // Whatever is put beside the file first cannot be.
    await mkdir(join(`${file}.new`, 'in the way'), { recursive: true });
    const relay = await open();
    expect(await relay.isRevoked('current')).toBe(true);
    expect(problems).toEqual(['sign-outs that are over stay in their file']);
  });

  it('ends a session until it stops, and says so', async () => {
    const { file, problems, open } = await newFolder();
    const relay = await open();
    await mkdir(file);
    await relay.revoke('session', LATER);
    expect(await relay.isRevoked('session')).toBe(true);
    expect(problems).toEqual(['a sign-out holds until the relay stops']);
  });
});

import { execFile } from 'node:child_process';
import { chmod, chown, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { APP_SECRET, OCODE } from '#emulator/applications.ts';
import { openAuditLog } from '#server/audit/open.ts';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import { runKiosk } from '#server/kiosks/run.ts';
import { createLogger } from '#server/logger.ts';
import { replaceFile } from '#server/owned-files.ts';
import { openFileRevocations } from '#server/viewers/revocations.ts';

/** Nobody's on any machine that tests run on. */
const RELAY = 61_234;
const OTHER = 61_235;

const run = promisify(execFile);
const isRoot = process.geteuid?.() === 0;

/** What the user reads there, in a process of theirs. */
async function readAs(uid: number, path: string): Promise<string> {
  const script = 'process.stdout.write(require("fs").readFileSync(process.argv[1], "utf8"))';
  return (await run(process.execPath, ['-e', script, path], { uid, gid: uid, cwd: '/' })).stdout;
}

async function folderOf(uid: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'owned-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await chown(folder, uid, uid);
  return folder;
}

async function kioskAsRoot(file: string, ...args: string[]) {
  let [out, err] = ['', ''];
  const code = await runKiosk(args, {
    env: { KIOSKS_FILE: file },
    demo: { appSecret: APP_SECRET, ocode: OCODE },
    clock: Date.now,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  });
  return { code, out, err };
}

async function ownersUnder(folder: string): Promise<Set<number>> {
  const names = await readdir(folder, { recursive: true });
  return new Set(await Promise.all(names.map(async (name) => (await stat(join(folder, name))).uid)));
}

// Only root can give a file away.
describe.skipIf(!isRoot)('what root writes', () => {
  it('leaves a list of kiosks to its owner, with its mode', async () => {
    const file = join(await folderOf(RELAY), 'kiosks.json');
    await writeFile(file, '{"codes":[],"kiosks":[]}');
    await chown(file, RELAY, OTHER);
    await chmod(file, 0o640);

    expect(await kioskAsRoot(file, 'enrol', '--name', 'Gate')).toMatchObject({ code: 0 });

    expect(await stat(file)).toMatchObject({ uid: RELAY, gid: OTHER, mode: 0o100640 });
    expect(await readAs(RELAY, file)).toContain('"Gate"');
  });

  it('makes a list, and the folders for it, for the owner of the folder above', async () => {
    const folder = await folderOf(RELAY);
    const file = join(folder, 'state', 'lookup', 'kiosks.json');

    expect(await kioskAsRoot(file, 'enrol')).toMatchObject({ code: 0 });

    expect(await ownersUnder(folder)).toEqual(new Set([RELAY]));
    expect(await readAs(RELAY, file)).toContain('"codes"');
    await expect(readAs(OTHER, file)).rejects.toThrow('EACCES');
  });

  it('leaves an audit log, its key and the sign-outs to the owner of their folder', async () => {
    const folder = await folderOf(RELAY);
    const log = await openAuditLog({ folder: join(folder, 'data', 'audit') });
    await log.record({ event: 'search', outcome: 'ok', requestId: 'r1' });
    await log.close();
    const signOuts = {
      file: join(folder, 'data', 'sign-outs'),
      clock: Date.now,
      logger: createLogger('silent'),
    };
    const revocations = await openFileRevocations(signOuts);
    await revocations.revoke('session', Date.now() - 1);
    expect(await ownersUnder(folder)).toEqual(new Set([RELAY]));

    // Written anew without what is over.
    await openFileRevocations(signOuts);

    expect(await ownersUnder(folder)).toEqual(new Set([RELAY]));
    expect(await readAs(RELAY, join(folder, 'data', 'audit', 'audit.key'))).toMatch(/^\S{44}\n$/);
    expect(await readAs(RELAY, signOuts.file)).toBe('');
  });

  it('follows no link that the owner of the folder put in its way', async () => {
    const folder = await folderOf(RELAY);
    const victim = join(await folderOf(0), 'shadow');
    await writeFile(victim, 'secret', { mode: 0o600 });
    const file = join(folder, 'kiosks.json');
    await symlink(victim, `${file}.new`);

    await replaceFile(file, 'new');

    expect(await readFile(victim, 'utf8')).toBe('secret');
    expect(await stat(victim)).toMatchObject({ uid: 0 });
    expect(await readAs(RELAY, file)).toBe('new');
  });
});

/** Does the work as this user. Not in a process of theirs: this checkout may lie where that user cannot look. */
async function asUser<T>(uid: number, work: () => Promise<T>): Promise<T> {
  process.setegid?.(uid);
  process.seteuid?.(uid);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

describe.skipIf(!isRoot)('somebody who is neither root nor the relay', () => {
  it('is told as whom to run, and changes nothing', async () => {
    const folder = await folderOf(RELAY);
    await chmod(folder, 0o777);
    const file = join(folder, 'kiosks.json');
    await writeFile(file, '{"codes":[],"kiosks":[]}', { mode: 0o644 });
    await chown(file, RELAY, RELAY);
    const before = (await stat(file)).ctimeMs;
    const { code, err } = await asUser(OTHER, () => kioskAsRoot(file, 'enrol'));
    expect(code).toBe(2);
    expect(err).toContain(`belongs to the user with the id ${RELAY}: run this as that user`);
    expect((await stat(file)).ctimeMs).toBe(before);
    expect(await readdir(dirname(file))).toEqual(['kiosks.json']);
  });

  it('is told the same where they may not even read', async () => {
    const folder = await folderOf(RELAY);
    const file = join(folder, 'kiosks.json');
    await writeFile(file, '{"codes":[],"kiosks":[]}', { mode: 0o600 });
    await chown(file, RELAY, RELAY);
    await chmod(folder, 0o755);
    const { code, err } = await asUser(OTHER, () => kioskAsRoot(file, 'list'));
    expect(code).toBe(2);
    expect(err).toContain(`belongs to the user with the id ${RELAY}: run this as that user`);
  });
});

describe.skipIf(!isRoot)('a relay that is not root', () => {
  it('takes over a list of root, who can read it all the same', async () => {
    const folder = await folderOf(RELAY);
    const file = join(folder, 'kiosks.json');
    await writeFile(file, '{"codes":[],"kiosks":[]}', { mode: 0o644 });

    await asUser(RELAY, () => openKioskRegistry(file, Date.now).makeCode('Hall'));

    expect(await stat(file)).toMatchObject({ uid: RELAY });
    expect(await readFile(file, 'utf8')).toContain('"Hall"');
  });
});

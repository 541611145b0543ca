import { randomUUID } from 'node:crypto';
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFile } from '#server/audit/file-check.ts';
import { findFiles, orNothing } from '#server/audit/folder.ts';
import { auditKeysOf } from '#server/audit/keys.ts';
import { readKeyFile } from '#server/audit/open.ts';
import type { Clock } from '#server/clock.ts';
import type { Config } from '#server/config/config.ts';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import type { Finding } from './finding.ts';

type FileConfig = Pick<Config, 'auditDir' | 'auditKeys' | 'kiosksFile'>;

/** What the relay keeps on the disk: whether it can be written, and is as it was written. */
export async function checkFiles(config: FileConfig, clock: Clock): Promise<Finding[]> {
  const findings = [
    await auditFolder(config.auditDir),
    await newestFile(config),
    await kiosks(config, clock),
  ];
  return findings.filter((finding) => finding !== undefined);
}

async function auditFolder(folder: string): Promise<Finding | undefined> {
  const base = { area: 'files', name: 'audit-folder' } as const;
  const there = await orNothing(stat(folder));
  if (there === undefined) {
    return { ...base, level: 'ok', what: `The audit log begins in ${folder} with the first start.` };
  }
  const isOther = process.getuid?.() !== undefined && process.getuid() !== there.uid;
  const probe = join(folder, `.doctor-${randomUUID()}`);
  try {
    await writeFile(probe, 'a probe', { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    return {
      ...base,
      level: 'problem',
      what: `The audit log’s folder cannot be written (${codeOf(error)}): every lookup would be refused.`,
      fix: `Give ${folder} to the user that the relay runs as, and see that the disk has room.`,
    };
  } finally {
    await rm(probe, { force: true });
  }
  if (isOther) {
    return {
      ...base,
      level: 'warning',
      what: `The audit log’s folder belongs to user ${there.uid}, and this is another.`,
      fix: `Run the doctor as the relay’s user: sudo -u '#${there.uid}' npm run doctor`,
    };
  }
  return { ...base, level: 'ok', what: 'The audit log’s folder can be written.' };
}

/** Only the newest: `npm run audit-log -- verify` reads all of them. */
async function newestFile({ auditDir, auditKeys }: FileConfig): Promise<Finding | undefined> {
  const made = auditKeys.length > 0 ? undefined : await readKeyFile(auditDir).catch(() => undefined);
  const secrets = made === undefined ? auditKeys : [made];
  if (secrets.length === 0) return undefined;
  const keys = auditKeysOf(secrets);
  const newest = (await findFiles(auditDir, keys)).at(-1);
  if (newest === undefined) return undefined;
  const base = { area: 'files', name: 'audit-file' } as const;
  const { problems, records } = await checkFile(auditDir, newest.name, keys);
  const [first] = problems;
  if (first === undefined) {
    return { ...base, level: 'ok', what: `The newest audit log file is whole: ${records} records.` };
  }
  return {
    ...base,
    level: 'problem',
    what: `The newest audit log file is not as AUDIT_KEY’s relay wrote it.`,
    fix: 'See whether AUDIT_KEY is the relay’s, older keys behind it; then: npm run audit-log -- verify',
    lines: [`${first.file}${first.line === undefined ? '' : `, line ${first.line}`}: ${first.what}`],
  };
}

async function kiosks({ kiosksFile }: FileConfig, clock: Clock): Promise<Finding> {
  const base = { area: 'files', name: 'kiosks-file' } as const;
  try {
    const known = await openKioskRegistry(kiosksFile, clock).list();
    const active = known.filter(({ revokedAt }) => revokedAt === undefined).length;
    return { ...base, level: 'ok', what: `${active} kiosks are enrolled.` };
  } catch (error) {
    return {
      ...base,
      level: 'problem',
      what: `The list of kiosks cannot be read (${codeOf(error)}): whoever has a session is refused.`,
      fix: `Put ${kiosksFile} back from a backup, readable for the relay’s user, or remove it and enrol the kiosks again.`,
    };
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'its content';
}

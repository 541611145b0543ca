import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DEFAULT_AUDIT_FILE, DEFAULT_RETENTION_DAYS } from '#server/audit/trail.ts';
import { DEFAULT_KIOSKS_FILE } from '#server/kiosks/registry.ts';
import type { Environment } from './environment.ts';
import { readKeys } from './keys.ts';

export interface FileSettings {
  policyFile: string | undefined;
  auditFile: string;
  /** 32 bytes each, newest first; empty: one is made at the first start and kept beside the trail. */
  auditKeys: readonly Buffer[];
  /** Records are kept that long. */
  auditRetentionDays: number;
  /** Shared with the command line. */
  kiosksFile: string;
  /** Undefined: no session outlives the relay, so no sign-out has to. */
  signOutsFile: string | undefined;
}

/** What settings need to know of the file system. */
export interface FileProbe {
  isReadable(file: string): boolean;
  /** Whether the file can be written, or made with the folders that it needs. */
  isWritable(file: string): boolean;
}

export interface FileSettingsContext {
  whenKeysUnset: 'make' | 'refuse';
  sessionKeys: readonly Buffer[];
}

export function readFileSettings(
  env: Environment,
  probe: FileProbe,
  { whenKeysUnset, sessionKeys }: FileSettingsContext,
): FileSettings {
  const policyFile = env.text('POLICY_FILE');
  if (policyFile !== undefined && !probe.isReadable(policyFile)) {
    env.report(
      'POLICY_FILE',
      'cannot be read',
      'Check its path and permissions, or leave it away for the default.',
    );
  }
  const auditFile = env.text('AUDIT_FILE') ?? DEFAULT_AUDIT_FILE;
  if (!probe.isWritable(auditFile)) {
    env.report('AUDIT_FILE', 'cannot be written', 'Name a file in a folder that the relay may write to.');
  }
  const kiosksFile = env.text('KIOSKS_FILE') ?? DEFAULT_KIOSKS_FILE;
  if (!probe.isWritable(kiosksFile)) {
    env.report('KIOSKS_FILE', 'cannot be written', 'Name a file in a folder that the relay may write to.');
  }
  return {
    policyFile,
    auditFile,
    auditKeys: readAuditKeys(env, whenKeysUnset, sessionKeys),
    auditRetentionDays: readRetentionDays(env),
    kiosksFile,
    signOutsFile: env.text('SESSION_KEYS') === undefined ? undefined : join(dirname(kiosksFile), 'sign-outs'),
  };
}

function readAuditKeys(
  env: Environment,
  whenUnset: 'make' | 'refuse',
  sessionKeys: readonly Buffer[],
): Buffer[] {
  if (whenUnset === 'make' && env.text('AUDIT_KEY') === undefined) return [];
  const keys = readKeys(env, 'AUDIT_KEY', 'refuse');
  if (keys.some((key) => sessionKeys.some((sessionKey) => sessionKey.equals(key)))) {
    env.report('AUDIT_KEY', 'is one of SESSION_KEYS', 'Make another with: openssl rand -base64 32');
  }
  return keys;
}

function readRetentionDays(env: Environment): number {
  const text = env.text('AUDIT_RETENTION_DAYS');
  if (text === undefined) return DEFAULT_RETENTION_DAYS;
  if (!/^[1-9]\d{0,3}$/.test(text)) {
    env.report(
      'AUDIT_RETENTION_DAYS',
      'is no number of days',
      'Use a whole number from 1 to 9999, such as 180.',
    );
  }
  return Number(text);
}

export const fileProbe: FileProbe = {
  isReadable: (file) => existsSync(file) && statSync(file).isFile() && isAllowed(file, constants.R_OK),
  isWritable(file) {
    if (existsSync(file)) return statSync(file).isFile() && isAllowed(file, constants.W_OK);
    let folder = dirname(resolve(file));
    while (!existsSync(folder)) folder = dirname(folder);
    return statSync(folder).isDirectory() && isAllowed(folder, constants.W_OK);
  },
};

function isAllowed(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    // The only way in which Node tells "no".
    return false;
  }
}

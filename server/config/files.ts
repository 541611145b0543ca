import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { builtInPolicy } from '#server/policy/defaults.ts';
import type { Scale } from '#server/policy/defaults.ts';
import { readPolicyFile } from '#server/policy/policy-file.ts';
import type { AccessPolicy } from '#server/policy/profile.ts';
import type { Environment } from './environment.ts';
import { readKeys } from './keys.ts';

/** Where the audit log is kept, from the relay's working directory, and for how long: half a year. */
export const DEFAULT_AUDIT_DIR = 'data/audit';
export const DEFAULT_RETENTION_DAYS = 180;

const RELAY_NAME_LENGTH = 64;
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** What the host calls itself; empty where that has nothing to print. */
export const DEFAULT_RELAY_NAME = hostname().replace(UNPRINTABLE, '').slice(0, RELAY_NAME_LENGTH);

/** Where the kiosks are kept, from the relay's working directory. */
export const DEFAULT_KIOSKS_FILE = 'data/kiosks.json';

export interface FileSettings {
  policy: AccessPolicy;
  auditDir: string;
  /** 32 bytes each, newest first; empty: one is made at the first start and kept in the folder of the audit log. */
  auditKeys: readonly Buffer[];
  /** Records are kept that long. */
  auditRetentionDays: number;
  /** What people call this relay: up to 64 characters that can be printed. */
  relayName: string;
  /** Shared with the command line. */
  kiosksFile: string;
  /** Undefined: no session outlives the relay, so no sign-out has to. */
  signOutsFile: string | undefined;
}

/** What settings need to know of the file system. */
export interface FileProbe {
  /** @returns undefined when it is no file, or may not be read. */
  readText(file: string): string | undefined;
  /** Whether the file can be written, or made with the folders that it needs. */
  isWritable(file: string): boolean;
}

export interface FileSettingsContext {
  whenKeysUnset: 'make' | 'refuse';
  sessionKeys: readonly Buffer[];
  /** Sets the limits that hold where the policy file sets none. */
  scale: Scale;
}

export function readFileSettings(
  env: Environment,
  probe: FileProbe,
  { whenKeysUnset, sessionKeys, scale }: FileSettingsContext,
): FileSettings {
  const auditDir = env.text('AUDIT_DIR') ?? DEFAULT_AUDIT_DIR;
  if (!probe.isWritable(join(auditDir, 'a file'))) {
    env.report('AUDIT_DIR', 'cannot be written', 'Name a folder that the relay may write to.');
  }
  const kiosksFile = env.text('KIOSKS_FILE') ?? DEFAULT_KIOSKS_FILE;
  if (!probe.isWritable(kiosksFile)) {
    env.report('KIOSKS_FILE', 'cannot be written', 'Name a file in a folder that the relay may write to.');
  }
  return {
    policy: readPolicy(env, probe, scale),
    auditDir,
    auditKeys: readAuditKeys(env, whenKeysUnset, sessionKeys),
    auditRetentionDays: readRetentionDays(env),
    relayName: readRelayName(env),
    kiosksFile,
    signOutsFile: env.text('SESSION_KEYS') === undefined ? undefined : join(dirname(kiosksFile), 'sign-outs'),
  };
}

/** What `POLICY_FILE` says, or the built-in policy. Each problem of the file is reported with its line. */
export function readPolicy(env: Environment, probe: FileProbe, scale: Scale): AccessPolicy {
  const file = env.text('POLICY_FILE');
  const builtIn = builtInPolicy(scale);
  if (file === undefined) return builtIn;
  const text = probe.readText(file);
  if (text === undefined) {
    const fix = 'Check its path and permissions, or leave it away for the default.';
    env.report('POLICY_FILE', 'cannot be read', fix);
    return builtIn;
  }
  const read = readPolicyFile(text, scale);
  if (read.ok) return read.policy;
  for (const { line, message } of read.problems) {
    env.report('POLICY_FILE', `is wrong on line ${line}: ${message}`, 'See docs/policy.md.');
  }
  return builtIn;
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

function readRelayName(env: Environment): string {
  const name = env.text('RELAY_NAME') ?? DEFAULT_RELAY_NAME;
  const fix = `Use up to ${RELAY_NAME_LENGTH} characters, such as relay-1.`;
  if (name.search(UNPRINTABLE) !== -1)
    env.report('RELAY_NAME', 'holds a character that cannot be printed', fix);
  else if (Array.from(name).length > RELAY_NAME_LENGTH) env.report('RELAY_NAME', 'is too long', fix);
  return name;
}

export const fileProbe: FileProbe = {
  readText(file) {
    const isReadable = existsSync(file) && statSync(file).isFile() && isAllowed(file, constants.R_OK);
    return isReadable ? readFileSync(file, 'utf8') : undefined;
  },
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

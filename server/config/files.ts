import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Environment } from './environment.ts';
import { readKeys } from './keys.ts';

const DEFAULT_AUDIT_FILE = 'data/audit.ndjson';

export interface FileSettings {
  policyFile: string | undefined;
  auditFile: string;
  /** 32 bytes; undefined: made at first start and kept beside the trail. */
  auditKey: Buffer | undefined;
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
  return { policyFile, auditFile, auditKey: readAuditKey(env, whenKeysUnset, sessionKeys) };
}

function readAuditKey(
  env: Environment,
  whenUnset: 'make' | 'refuse',
  sessionKeys: readonly Buffer[],
): Buffer | undefined {
  if (whenUnset === 'make' && env.text('AUDIT_KEY') === undefined) return undefined;
  const [key, ...others] = readKeys(env, 'AUDIT_KEY', 'refuse');
  if (others.length > 0) {
    env.report('AUDIT_KEY', 'holds several keys', 'Keep one: a new key starts a new trail.');
  }
  if (key !== undefined && sessionKeys.some((sessionKey) => sessionKey.equals(key))) {
    env.report('AUDIT_KEY', 'is one of SESSION_KEYS', 'Make another with: openssl rand -base64 32');
  }
  return key;
}

export const fileProbe: FileProbe = {
  isReadable: (file) => existsSync(file) && statSync(file).isFile() && isAllowed(file, constants.R_OK),
  isWritable(file) {
    if (existsSync(file)) return !statSync(file).isDirectory() && isAllowed(file, constants.W_OK);
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

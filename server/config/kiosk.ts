import { DEFAULT_APP_CONFIG } from '#contract/app-config.ts';
import type { KioskConfig } from '#contract/app-config.ts';
import { isReaderKeys, KIOSK_SECONDS, SHORTEST_STAFF_CODE } from '#contract/kiosk-bounds.ts';
import type { Environment } from './environment.ts';

/** What the kiosks are told in the page; nothing of it is a secret. */
export function readKiosk(env: Environment): KioskConfig {
  const scanPrefix = readKeys(env, 'KIOSK_SCAN_PREFIX');
  const scanSuffix = readKeys(env, 'KIOSK_SCAN_SUFFIX');
  return {
    keyboard: env.oneOf('KIOSK_KEYBOARD', ['yes', 'no']) === 'yes',
    idleSeconds: readSeconds(env, 'KIOSK_IDLE_SECONDS', 'idleSeconds'),
    warningSeconds: readSeconds(env, 'KIOSK_WARNING_SECONDS', 'warningSeconds'),
    scanPrefix,
    scanSuffix,
    staffCode: readStaffCode(env, scanSuffix),
  };
}

function readSeconds(env: Environment, variable: string, setting: keyof typeof KIOSK_SECONDS): number {
  const usual = DEFAULT_APP_CONFIG.kiosk[setting];
  const { least, most } = KIOSK_SECONDS[setting];
  const text = env.text(variable);
  if (text === undefined) return usual;
  const seconds = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  if (seconds >= least && seconds <= most) return seconds;
  env.report(
    variable,
    'is no number of seconds that a visitor can live with',
    `Use a whole number from ${least} to ${most}.`,
  );
  return usual;
}

function readKeys(env: Environment, variable: string): string {
  const keys = env.text(variable) ?? '';
  if (keys === '' || isReaderKeys(keys)) return keys;
  env.report(
    variable,
    'holds something that no reader types',
    'Use letters, digits and ASCII signs without spaces.',
  );
  return '';
}

function readStaffCode(env: Environment, scanSuffix: string): string {
  const code = readKeys(env, 'KIOSK_STAFF_CODE');
  if (code !== '' && code.length < SHORTEST_STAFF_CODE) {
    env.report('KIOSK_STAFF_CODE', 'is too short to be known for a scan', 'Use 6 characters or more.');
  }
  if (scanSuffix !== '' && code.includes(scanSuffix)) {
    env.report('KIOSK_STAFF_CODE', 'holds KIOSK_SCAN_SUFFIX, at which a scan is cut', 'Choose another code.');
  }
  return code;
}

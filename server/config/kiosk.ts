import { DEFAULT_APP_CONFIG } from '#contract/app-config.ts';
import type { KioskConfig } from '#contract/app-config.ts';
import type { Environment } from './environment.ts';

const DEFAULTS = DEFAULT_APP_CONFIG.kiosk;
/** WCAG 2.2, 2.2.1: whoever needs it has 20 seconds to ask for more time. */
const SHORTEST_WARNING_SECONDS = 20;
const LONGEST_SECONDS = 600;
/** What the keys of a reader, which plays a US keyboard, can say; spaces would be taken for strays. */
const KEYS = /^[!-~]{1,64}$/;
/** A scan that no suffix ends is told from a slip of the hand from six characters on. */
const SHORTEST_STAFF_CODE = 6;

/** What the kiosks are told in the page; nothing of it is a secret. */
export function readKiosk(env: Environment): KioskConfig {
  const scanPrefix = readKeys(env, 'KIOSK_SCAN_PREFIX');
  const scanSuffix = readKeys(env, 'KIOSK_SCAN_SUFFIX');
  return {
    idleSeconds: readSeconds(env, 'KIOSK_IDLE_SECONDS', 10) ?? DEFAULTS.idleSeconds,
    warningSeconds:
      readSeconds(env, 'KIOSK_WARNING_SECONDS', SHORTEST_WARNING_SECONDS) ?? DEFAULTS.warningSeconds,
    scanPrefix,
    scanSuffix,
    staffCode: readStaffCode(env, scanSuffix),
  };
}

function readSeconds(env: Environment, variable: string, least: number): number | undefined {
  const text = env.text(variable);
  if (text === undefined) return undefined;
  const seconds = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  if (seconds >= least && seconds <= LONGEST_SECONDS) return seconds;
  env.report(
    variable,
    'is no number of seconds that a visitor can live with',
    `Use a whole number from ${least} to ${LONGEST_SECONDS}.`,
  );
  return undefined;
}

function readKeys(env: Environment, variable: string): string {
  const keys = env.text(variable) ?? '';
  if (keys === '' || KEYS.test(keys)) return keys;
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

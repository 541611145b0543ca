import { FIELDS, isFieldKey } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import { isLoopback } from '#server/loopback.ts';
import type { WecardSettings } from '#server/wecard/client.ts';
import type { Environment } from './environment.ts';

const DEFAULT_BASE_URL = 'https://open.wecard.qq.com';
const CREDENTIALS = ['WECARD_APP_KEY', 'WECARD_APP_SECRET', 'WECARD_OCODE'] as const;

/** @returns undefined for the embedded emulator. */
export function readWecard(env: Environment): WecardSettings | undefined {
  if (env.text('WECARD_BASE_URL') === undefined) {
    for (const variable of CREDENTIALS) {
      if (env.text(variable) === undefined) continue;
      env.report(
        variable,
        'is set, but WECARD_BASE_URL is not, so that only invented people would be found',
        `Set WECARD_BASE_URL=${DEFAULT_BASE_URL}, or leave ${variable} away for the demo.`,
      );
    }
    return undefined;
  }
  const baseUrl = env.url('WECARD_BASE_URL', DEFAULT_BASE_URL);
  if (baseUrl?.protocol === 'http:' && !isLoopback(baseUrl.hostname)) {
    env.report('WECARD_BASE_URL', 'is not encrypted, and carries the application secret', 'Use https.');
  }
  const [appKey, appSecret, ocode] = CREDENTIALS.map((variable) => {
    const value = env.text(variable);
    if (value === undefined) {
      env.report(variable, 'is not set', 'Copy it from the application on the WeCard open platform.');
    }
    return value ?? '';
  });
  return {
    baseUrl: baseUrl ?? new URL(DEFAULT_BASE_URL),
    appKey: appKey ?? '',
    appSecret: appSecret ?? '',
    ocode: ocode ?? '',
  };
}

/** The "apply" fields that the platform granted to the application; undefined when the operator does not say. */
export function readGrantedFields(env: Environment): FieldKey[] | undefined {
  if (env.text('WECARD_GRANTED_FIELDS') === undefined) return undefined;
  const names = env.list('WECARD_GRANTED_FIELDS');
  const granted = names.filter(isFieldKey);
  if (granted.length < names.length) {
    const known = Object.keys(FIELDS).filter((key) => isFieldKey(key) && FIELDS[key].grant === 'apply');
    env.report(
      'WECARD_GRANTED_FIELDS',
      'names a field that does not exist',
      `Choose from ${known.join(', ')}.`,
    );
  }
  return granted;
}

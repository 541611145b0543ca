import { warningsOf } from '#server/config/config.ts';
import type { ConfigResult } from '#server/config/config.ts';
import type { Problem } from '#server/config/environment.ts';
import type { Finding } from './finding.ts';

/** What the relay would say of its settings when it starts. */
export function checkSettings(result: ConfigResult): Finding[] {
  const found = [
    ...(result.ok ? warningsOf(result.config).map(warning) : result.problems.map(problem)),
    ...result.misspelt.map(misspelt),
  ];
  const fine: Finding = { area: 'settings', level: 'ok', name: 'settings', what: 'The settings are right.' };
  return found.length === 0 ? [fine] : found;
}

function problem({ variable, what, fix }: Problem): Finding {
  const name = variable === 'POLICY_FILE' ? 'policy-file' : 'setting';
  return { area: 'settings', level: 'problem', name, what: `${variable} ${what}.`, fix };
}

function misspelt({ variable, what, fix }: Problem): Finding {
  return { area: 'settings', level: 'warning', name: 'misspelt', what: `${variable} ${what}.`, fix };
}

function warning(what: string): Finding {
  return { area: 'settings', level: 'warning', name: 'unsafe', what };
}

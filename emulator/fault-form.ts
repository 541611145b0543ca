import { FAULT_KINDS } from './platform/faults.ts';
import type { FaultInput } from './platform/faults.ts';
import { Invalid } from './platform/invalid.ts';
import type { Platform } from './platform/platform.ts';

/**
 * Does what a form of the emulator's page asks for: adds a fault, ends all of them, or makes tokens grow old.
 *
 * @throws Invalid in words for whoever filled it in; nothing is changed then.
 */
export function submitFaultForm(platform: Platform, form: URLSearchParams): void {
  const action = form.get('action');
  if (action === 'expire') platform.expireTokens();
  else if (action === 'revoke') platform.revokeTokens();
  else if (action === 'clear') platform.changeSettings({ faults: [] });
  else platform.changeSettings({ faults: [...platform.settings.faults, readFault(form)] });
}

/** As `POST /_emulator/settings` takes it; whether it fits is judged there. */
function readFault(form: URLSearchParams): FaultInput {
  const value = (name: string) => (form.get(name) ?? '').trim();
  const known = FAULT_KINDS.find(({ kind }) => kind === value('kind'));
  const given = value('parameter');
  const fault: Record<string, unknown> = { endpoint: value('endpoint'), kind: value('kind') };
  if (known?.parameter !== undefined && given !== '') {
    fault[known.parameter] = readParameter(known.parameter, given);
  }
  if (value('times') !== '') fault.times = value('times') === 'always' ? 'always' : Number(value('times'));
  if (value('delayMs') !== '') fault.delayMs = Number(value('delayMs'));
  return fault;
}

function readParameter(name: string, text: string): unknown {
  if (name === 'location') return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new Invalid(`"${name}" must be ${name === 'body' ? 'JSON' : 'a number'}`);
  }
}

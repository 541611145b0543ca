import { isRecord } from '#contract/json.ts';
import { PATHS } from './paths.ts';
import { Invalid } from './invalid.ts';

interface When {
  /** The path of the call, or "*" for every call. */
  endpoint: string;
  /** How often it happens before it is over. */
  times: number | 'always';
}

/**
 * What can go wrong with a call. Before it is handled: `expireTokens`, `revokeTokens` (every token
 * is rejected from this call on), `delay`. Instead of it: `errcode`, `status`, `html`, `json`,
 * `redirect`, `reset`, `hang`. To its answer: `drip`, `truncate`, `cut`, `huge`.
 */
export type Fault = When &
  (
    | { kind: 'expireTokens' | 'revokeTokens' | 'html' | 'reset' | 'hang' | 'truncate' | 'cut' }
    /** Milliseconds. */
    | { kind: 'delay'; ms: number }
    | { kind: 'errcode'; errcode: number }
    /** An HTTP status with a page of the gateway's own. */
    | { kind: 'status'; status: number }
    /** Any JSON at all. */
    | { kind: 'json'; body: unknown }
    | { kind: 'redirect'; location: string }
    /** One byte at a time, this many milliseconds apart. */
    | { kind: 'drip'; ms: number }
    /** A well-formed answer that is at least this long. */
    | { kind: 'huge'; bytes: number }
  );

export type FaultKind = Fault['kind'];

/** The kinds, each with the number or text that it needs and what that is when left out. */
const PARAMETERS: Readonly<
  Record<FaultKind, { name: string; usual?: unknown; fits: (value: unknown) => boolean } | null>
> = {
  expireTokens: null,
  revokeTokens: null,
  html: null,
  reset: null,
  hang: null,
  truncate: null,
  cut: null,
  delay: { name: 'ms', fits: isWhole(0, 600_000) },
  errcode: { name: 'errcode', fits: isWhole(-1, 999_999) },
  status: { name: 'status', usual: 500, fits: isWhole(400, 599) },
  json: { name: 'body', fits: (value) => value !== undefined },
  redirect: { name: 'location', usual: '/', fits: (value) => typeof value === 'string' && value !== '' },
  drip: { name: 'ms', usual: 200, fits: isWhole(1, 60_000) },
  huge: { name: 'bytes', usual: 9 * 1024 * 1024, fits: isWhole(1, 64 * 1024 * 1024) },
};

function isWhole(least: number, most: number) {
  return (value: unknown): boolean =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

/** @throws Invalid naming what is wrong with which fault. */
export function readFaults(value: unknown): Fault[] {
  if (!Array.isArray(value)) throw new Invalid('"faults" must be a list');
  return value.map((entry, place) => readFault(entry, `faults[${place}]`));
}

function readFault(entry: unknown, where: string): Fault {
  if (!isRecord(entry)) throw new Invalid(`${where} must be an object`);
  const { endpoint = '*', kind, times = 1 } = entry;
  if (endpoint !== '*' && !PATHS.some((path) => path === endpoint)) {
    throw new Invalid(`${where}.endpoint must be "*" or one of ${PATHS.join(', ')}`);
  }
  if (typeof kind !== 'string' || !Object.hasOwn(PARAMETERS, kind)) {
    throw new Invalid(`${where}.kind must be one of ${Object.keys(PARAMETERS).join(', ')}`);
  }
  if (times !== 'always' && !isWhole(1, 1_000_000)(times)) {
    throw new Invalid(`${where}.times must be "always" or a whole number from 1`);
  }
  const parameter = PARAMETERS[kind as FaultKind];
  const known = ['endpoint', 'kind', 'times', ...(parameter === null ? [] : [parameter.name])];
  const stray = Object.keys(entry).find((name) => !known.includes(name));
  if (stray !== undefined) throw new Invalid(`${where}.${stray} means nothing to "${kind}"`);
  if (parameter === null) return { endpoint, times, kind } as Fault;
  const given = entry[parameter.name] ?? parameter.usual;
  if (!parameter.fits(given)) throw new Invalid(`${where}.${parameter.name} does not fit "${kind}"`);
  return { endpoint, times, kind, [parameter.name]: given } as Fault;
}

/**
 * The faults that happen to one call: every `delay` and token fault that fits, and the first of the
 * others. Counts them down, and forgets those that are over.
 */
export function takeFaults(faults: readonly Fault[], path: string): { happen: Fault[]; left: Fault[] } {
  const happen: Fault[] = [];
  const left: Fault[] = [];
  for (const fault of faults) {
    const fits = fault.endpoint === '*' || fault.endpoint === path;
    const alone = !['delay', 'expireTokens', 'revokeTokens'].includes(fault.kind);
    const another =
      alone && happen.some(({ kind }) => !['delay', 'expireTokens', 'revokeTokens'].includes(kind));
    if (!fits || another) {
      left.push(fault);
      continue;
    }
    happen.push(fault);
    if (fault.times === 'always') left.push(fault);
    else if (fault.times > 1) left.push({ ...fault, times: fault.times - 1 });
  }
  return { happen, left };
}

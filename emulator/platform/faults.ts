import { isRecord } from '#contract/json.ts';
import { Invalid } from './invalid.ts';
import { ENDPOINT_NAMES, isEndpointName } from './paths.ts';
import type { EndpointName } from './paths.ts';

interface When {
  readonly endpoint: EndpointName | '*';
  /** How often it happens before it is over. */
  readonly times: number | 'always';
  /** How long the call waits before anything else happens to it. */
  readonly delayMs: number;
}

/**
 * What goes wrong with a call. `none` is for a delay alone. `expireTokens` and `revokeTokens`: every
 * token that was handed out is rejected from this call on. `errcode`, `status`, `limited`, `html`,
 * `json`, `redirect`, `reset`, `hang` happen in place of the answer; `drip`, `truncate`, `cut`, `huge` to it.
 */
export type Fault = When &
  (
    | { readonly kind: Unparameterised }
    | { readonly kind: 'errcode'; readonly errcode: number }
    /** A page of the gateway's own with this HTTP status. */
    | { readonly kind: 'status'; readonly status: number }
    /** HTTP 429 with this many seconds in `Retry-After`. */
    | { readonly kind: 'limited'; readonly retryAfter: number }
    /** Any JSON at all, with HTTP 200. */
    | { readonly kind: 'json'; readonly body: unknown }
    | { readonly kind: 'redirect'; readonly location: string }
    /** One byte at a time. */
    | { readonly kind: 'drip'; readonly intervalMs: number }
    /** The answer, well-formed, and at least this long. */
    | { readonly kind: 'huge'; readonly bytes: number }
  );

type Unparameterised =
  'none' | 'expireTokens' | 'revokeTokens' | 'html' | 'reset' | 'hang' | 'truncate' | 'cut';

/** A fault as a caller may write it: what has a usual value may be left out. */
export type FaultInput = Readonly<
  { endpoint?: EndpointName | '*'; kind?: Fault['kind'] } & Partial<Omit<When, 'endpoint'>> &
    Partial<Record<'errcode' | 'status' | 'retryAfter' | 'intervalMs' | 'bytes', number>> & {
      body?: unknown;
      location?: string;
    }
>;

interface Parameter {
  readonly name: string;
  /** What it is when left out; undefined: it must be there. */
  readonly usual?: unknown;
  readonly fits: (value: unknown) => boolean;
  readonly expected: string;
}

const PARAMETERS: Readonly<Record<Fault['kind'], Parameter | undefined>> = {
  none: undefined,
  expireTokens: undefined,
  revokeTokens: undefined,
  html: undefined,
  reset: undefined,
  hang: undefined,
  truncate: undefined,
  cut: undefined,
  errcode: whole('errcode', undefined, -1, 999_999),
  status: whole('status', 500, 400, 599),
  limited: whole('retryAfter', 30, 0, 86_400),
  json: { name: 'body', fits: (value) => value !== undefined, expected: 'there' },
  redirect: { name: 'location', usual: '/', fits: (value) => typeof value === 'string', expected: 'a URL' },
  drip: whole('intervalMs', 200, 1, 60_000),
  huge: whole('bytes', 9 * 1024 * 1024, 1, 64 * 1024 * 1024),
};

/** What a fault of each kind takes besides, if anything, and what that is when it is left out. */
export const FAULT_KINDS: readonly { kind: Fault['kind']; parameter?: string; usual?: unknown }[] =
  Object.entries(PARAMETERS).map(([kind, parameter]) => ({
    kind: kind as Fault['kind'],
    ...(parameter === undefined ? {} : { parameter: parameter.name, usual: parameter.usual }),
  }));

/** These come along with whatever else happens to a call; of the others only one happens. */
const COMPANIONS: ReadonlySet<Fault['kind']> = new Set(['none', 'expireTokens', 'revokeTokens']);

const DELAY = whole('delayMs', 0, 0, 600_000);

function whole(name: string, usual: number | undefined, least: number, most: number): Parameter {
  return {
    name,
    usual,
    fits: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
    expected: `a whole number from ${least} to ${most}`,
  };
}

/** @throws Invalid naming what is wrong with which fault. */
export function readFaults(value: unknown): Fault[] {
  if (!Array.isArray(value)) throw new Invalid('"faults" must be a list');
  return value.map((entry, place) => readFault(entry, `faults[${place}]`));
}

function readFault(entry: unknown, where: string): Fault {
  if (!isRecord(entry)) throw new Invalid(`${where} must be an object`);
  const { endpoint = '*', kind = 'none', times = 1 } = entry;
  if (endpoint !== '*' && !isEndpointName(endpoint)) {
    throw new Invalid(`${where}.endpoint must be "*" or one of ${ENDPOINT_NAMES.join(', ')}`);
  }
  if (!isKind(kind)) {
    throw new Invalid(`${where}.kind must be one of ${Object.keys(PARAMETERS).join(', ')}`);
  }
  if (times !== 'always' && !whole('times', 1, 1, 1_000_000).fits(times)) {
    throw new Invalid(`${where}.times must be "always" or a whole number from 1`);
  }
  const parameters = [DELAY, PARAMETERS[kind]].filter((parameter) => parameter !== undefined);
  const known = ['endpoint', 'kind', 'times', ...parameters.map(({ name }) => name)];
  const stray = Object.keys(entry).find((name) => !known.includes(name));
  if (stray !== undefined) throw new Invalid(`${where}.${stray} means nothing to "${kind}"`);
  const values = parameters.map(({ name, usual, fits, expected }) => {
    const given = entry[name] ?? usual;
    if (!fits(given)) throw new Invalid(`${where}.${name} must be ${expected}`);
    return [name, given];
  });
  return { endpoint, kind, times, ...Object.fromEntries(values) } as Fault;
}

function isKind(kind: unknown): kind is Fault['kind'] {
  return typeof kind === 'string' && Object.hasOwn(PARAMETERS, kind);
}

export interface Happening {
  readonly delayMs: number;
  readonly tokens: 'kept' | 'expired' | 'revoked';
  /** The one fault that shapes the answer. */
  readonly fault: Fault | undefined;
}

/**
 * What happens to one call: the companions that fit it, and the first of the other faults.
 *
 * @returns also the faults that are left, counted down and without those that are over.
 */
export function takeFaults(
  faults: readonly Fault[],
  endpoint: EndpointName,
): { happening: Happening; left: Fault[] } {
  const fitting = faults.filter((fault) => fault.endpoint === '*' || fault.endpoint === endpoint);
  const fault = fitting.find(({ kind }) => !COMPANIONS.has(kind));
  const taken = fitting.filter((other) => other === fault || COMPANIONS.has(other.kind));
  const left = faults.flatMap((other) => {
    if (!taken.includes(other) || other.times === 'always') return [other];
    return other.times > 1 ? [{ ...other, times: other.times - 1 }] : [];
  });
  const has = (kind: Fault['kind']): boolean => taken.some((other) => other.kind === kind);
  return {
    happening: {
      delayMs: taken.reduce((sum, { delayMs }) => sum + delayMs, 0),
      tokens: has('revokeTokens') ? 'revoked' : has('expireTokens') ? 'expired' : 'kept',
      fault,
    },
    left,
  };
}

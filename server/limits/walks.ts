import type { Clock } from '#server/clock.ts';

/** How many neighbouring card numbers one viewer may ask for in a row. */
export interface WalkAllowance {
  /** From here on, answers are delayed. */
  readonly slowAt: number;
  /** From here on, there are none for a while. */
  readonly stopAt: number;
}

export type WalkStep =
  | { readonly stage: 'free' }
  | { readonly stage: 'slowed'; readonly delayMs: number; readonly isNew: boolean }
  | { readonly stage: 'stopped'; readonly retryAfter: number; readonly isNew: boolean };

/** Notices who asks for one card number after the other, whatever each of them is answered. */
export interface Walks {
  step(viewerId: string, cardNumber: string, allowance: WalkAllowance): WalkStep;
}

/** Two numbers this close are neighbours. */
const NEIGHBOUR = 8;
/** Numbers remembered for each viewer: a walk in random order within some thousand is noticed too. */
const REMEMBERED = 200;
const MAX_VIEWERS = 10_000;
/** One step is forgiven in this time: a queue before a counter is slower than a script. */
const FORGIVEN_MS = 60_000;
const DELAY_PER_STEP_MS = 250;
const MAX_DELAY_MS = 3_000;

interface Trace {
  /** Latest first. */
  numbers: CardNumber[];
  steps: number;
  since: number;
  stage: WalkStep['stage'];
}

interface CardNumber {
  /** What stands before the digits, and how many these are: numbers of one shape are one series. */
  readonly shape: string;
  readonly value: number;
}

export function memoryWalks(clock: Clock): Walks {
  const traces = new Map<string, Trace>();

  /** Steps fade with time; the viewer who asked longest ago is forgotten first. */
  function traceOf(viewerId: string): Trace {
    const now = clock();
    const trace = traces.get(viewerId) ?? { numbers: [], steps: 0, since: now, stage: 'free' };
    trace.steps = Math.max(trace.steps - (now - trace.since) / FORGIVEN_MS, 0);
    trace.since = now;
    traces.delete(viewerId);
    traces.set(viewerId, trace);
    const [oldest] = traces.keys();
    if (traces.size > MAX_VIEWERS && oldest !== undefined) traces.delete(oldest);
    return trace;
  }

  return {
    step(viewerId, cardNumber, { slowAt, stopAt }) {
      const trace = traceOf(viewerId);
      const before = trace.stage;
      // Stopped until the steps have faded to where slowing begins; what is asked meanwhile adds none.
      const isStopped = before === 'stopped' && trace.steps > slowAt;
      if (!isStopped) note(trace, readNumber(cardNumber));

      trace.stage =
        isStopped || trace.steps >= stopAt ? 'stopped' : trace.steps >= slowAt ? 'slowed' : 'free';
      const over = trace.steps - slowAt;
      const isNew = trace.stage !== before;
      if (trace.stage === 'stopped') {
        return { stage: 'stopped', retryAfter: Math.max(Math.ceil((over * FORGIVEN_MS) / 1_000), 1), isNew };
      }
      if (trace.stage === 'free') return { stage: 'free' };
      return { stage: 'slowed', delayMs: Math.min((over + 1) * DELAY_PER_STEP_MS, MAX_DELAY_MS), isNew };
    },
  };
}

/** A step is a number beside one of the last, or as far from the last as that was from the one before. */
function note(trace: Trace, number: CardNumber | undefined): void {
  if (number === undefined) return;
  const isAlike = ({ shape }: CardNumber) => shape === number.shape;
  const last = trace.numbers.find(isAlike);
  if (last?.value === number.value) return;

  const another = trace.numbers.find((one) => one !== last && isAlike(one));
  const isStride =
    last !== undefined && another !== undefined && number.value - last.value === last.value - another.value;
  if (isStride || trace.numbers.some((one) => isNeighbour(one, number))) trace.steps += 1;

  trace.numbers.unshift(number);
  if (trace.numbers.length > REMEMBERED) trace.numbers.pop();
}

/** Compares the values first: few are close, and shapes are compared letter by letter. */
function isNeighbour(one: CardNumber, other: CardNumber): boolean {
  const distance = Math.abs(one.value - other.value);
  return distance > 0 && distance <= NEIGHBOUR && one.shape === other.shape;
}

function readNumber(cardNumber: string): CardNumber | undefined {
  const [, head = '', digits = ''] = /^(.*?)(\d{1,15})$/.exec(cardNumber) ?? [];
  if (digits === '') return undefined;
  return { shape: `${head}/${digits.length}`, value: Number(digits) };
}

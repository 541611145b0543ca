import type { Clock } from '#server/clock.ts';

/** What to tell the operator, once each time that it begins; never the numbers. */
export type EnumerationReport = 'enumeration' | 'enumeration-slowed';

export interface EnumerationStep {
  /** Wait this long before answering. */
  readonly delayMs: number;
  readonly reports: readonly EnumerationReport[];
}

/**
 * Notices who asks for one card number after the other, whatever each of them is answered. A front desk on enrolment
 * day does, hundreds in a row: it is told of, and not held up. Slowed is a pace that no desk has; budgets do the stopping.
 */
export interface EnumerationGuard {
  /** @param perMinute how many neighbours a viewer may ask for in a minute, and so many in one go, at full speed. */
  step(viewer: string, cardNumber: string, perMinute: number): Promise<EnumerationStep>;
}

/** Two numbers this close are neighbours. */
const NEIGHBOUR = 8;
/** Numbers remembered for each viewer: going through them in random order within some thousand is noticed too. */
const REMEMBERED = 200;
const MAX_VIEWERS = 10_000;
const MINUTE_MS = 60_000;
/** Whoever asked for nothing for so long begins anew: card numbers are kept no longer than they are needed. */
export const TRACE_LIFETIME_MS = 60 * MINUTE_MS;
/** So many in a row are worth a line in the log; one is forgotten each minute. */
const ROW = 30;
const DELAY_PER_STEP_MS = 250;
const MAX_DELAY_MS = 3_000;

/** What is remembered of a viewer. */
export interface Trace {
  /** Latest first. */
  numbers: CardNumber[];
  /** Steps in a row, and those that came too fast. */
  row: number;
  haste: number;
  /** When the last lookup was, in milliseconds since the epoch. */
  since: number;
  isReported: boolean;
  isSlowed: boolean;
}

export interface CardNumber {
  /** What stands before the digits, and how many these are: numbers of one shape are one series. */
  readonly shape: string;
  readonly value: number;
}

/** @param traces where they are kept, in the order in which viewers asked last. */
export function memoryEnumerationGuard(clock: Clock, traces = new Map<string, Trace>()): EnumerationGuard {
  setInterval(forgetOld, MINUTE_MS).unref();

  function forgetOld(): void {
    for (const [viewer, trace] of traces) {
      if (isLive(trace, clock())) return;
      traces.delete(viewer);
    }
  }

  return {
    step(viewer, cardNumber, perMinute) {
      const trace = continueTrace(traces.get(viewer), clock());
      // The viewer who asked longest ago is forgotten first.
      traces.delete(viewer);
      traces.set(viewer, trace);
      const [oldest] = traces.keys();
      if (traces.size > MAX_VIEWERS && oldest !== undefined) traces.delete(oldest);
      return Promise.resolve(stepOf(trace, { cardNumber, perMinute, now: clock() }));
    },
  };
}

/**
 * Notes a lookup in a trace. Steps fade with time.
 *
 * @param now may lie before the last one's: another relay's clock wrote that.
 */
export function stepOf(
  trace: Trace,
  { cardNumber, perMinute, now }: { cardNumber: string; perMinute: number; now: number },
): EnumerationStep {
  const minutes = Math.max(now - trace.since, 0) / MINUTE_MS;
  trace.row = Math.max(trace.row - minutes, 0);
  trace.haste = Math.max(trace.haste - minutes * perMinute, 0);
  trace.since = Math.max(trace.since, now);
  note(trace, readNumber(cardNumber));
  const over = trace.haste - perMinute;
  const { isReported, isSlowed } = trace;
  trace.isReported = trace.row >= ROW;
  trace.isSlowed = over >= 0;
  const reports: EnumerationReport[] = [];
  if (trace.isReported && !isReported) reports.push('enumeration');
  if (trace.isSlowed && !isSlowed) reports.push('enumeration-slowed');
  const delayMs = trace.isSlowed ? Math.min((over + 1) * DELAY_PER_STEP_MS, MAX_DELAY_MS) : 0;
  return { delayMs, reports };
}

/** @returns a new one where there is none, or none that still counts. */
export function continueTrace(trace: Trace | undefined, now: number): Trace {
  return trace !== undefined && isLive(trace, now) ? trace : newTrace(now);
}

function isLive({ since }: Trace, now: number): boolean {
  return now - since <= TRACE_LIFETIME_MS;
}

export function newTrace(now: number): Trace {
  return { numbers: [], row: 0, haste: 0, since: now, isReported: false, isSlowed: false };
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
  if (isStride || trace.numbers.some((one) => isNeighbour(one, number))) {
    trace.row += 1;
    trace.haste += 1;
  }

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

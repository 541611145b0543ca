import { aloneSpans, overlaps } from './history.ts';
import type { History, Life, Span } from './history.ts';
import { RELAYS } from './plan.ts';

/** An answer that a limit counts. */
export interface Entry extends Span {
  /** Whose limit. */
  readonly key: string;
  readonly points: number;
  readonly life: Life;
}

export interface Limit {
  readonly most: number;
  /** Refused while the others cannot be asked, in place of counted by each relay alone. */
  readonly isStrict: boolean;
}

/** A relay that starts while nobody can tell it how many there are takes itself for one of two. */
const FEWEST_RELAYS = 2;
/** So long after its end a relay is still counted. */
const GONE_MS = 15_000;

/** A time in which some relays were without the others. */
interface Apart extends Span {
  /** Redis lost what was in it. */
  readonly isLoss: boolean;
}

/**
 * Follows what the relays must at least have known of a count, by what the documents promise: all of them count
 * together; a relay without the others goes on from what it knew, a point weighing as many as there are relays, and
 * tells them afterwards; what Redis lost comes back from whoever knows most. Nothing is counted twice, and what a relay
 * alone knew that was killed is forgotten: so an answer beyond this is one beyond the limit.
 *
 * @returns the answers beyond it, in words.
 */
export function beyondLimit(
  unsorted: readonly Entry[],
  { most, isStrict }: Limit,
  history: Pick<History, 'windows' | 'lives'>,
): string[] {
  let left = [...unsorted].sort((a, b) => a.from - b.from);
  const beyond: string[] = [];
  const known = new Map<Life, number>();
  let count = 0;
  const room = (used: number) => Math.max(0, most - used);
  const shown = (at: number) => new Date(at).toISOString().slice(11, 23);

  /** Each counts once, also one that reaches from one time into the next. */
  function take(belongs: (entry: Entry) => boolean): Entry[] {
    const taken = left.filter(belongs);
    left = left.filter((entry) => !taken.includes(entry));
    return taken;
  }

  function together(from: number, until: number): void {
    const inside = take((entry) => entry.until < until);
    for (const { points, life, ...span } of inside) {
      // Whoever asks for several at once may be answered while the last point is being taken.
      const before = count - ofOthersUnderWay(inside, span);
      if (before >= most) {
        const since = from === -Infinity ? '' : `, together since ${shown(from)}`;
        beyond.push(
          `${shown(span.from)} relay ${life.relay + 1}: one more after ${before} of ${most}${since}`,
        );
      }
      count += points;
      known.set(life, count);
    }
  }

  function apart({ isLoss, ...span }: Apart): void {
    const inside = take((entry) => overlaps(entry, span));
    const alive = history.lives.filter((life) => life.until > span.until);
    const added = (life: Life) => sum(inside.filter((entry) => entry.life === life));
    const knownBefore = (life: Life) => known.get(life) ?? 0;
    const after = isLoss
      ? Math.max(0, ...alive.map((life) => knownBefore(life) + added(life)))
      : count + alive.reduce((total, life) => total + added(life), 0);
    const involved = history.lives.filter((life) => overlaps(life, span));
    const share = (life: Life) => Math.ceil(room(knownBefore(life)) / weightOf(life, span, history));
    const alone = isStrict ? 0 : involved.reduce((total, life) => total + share(life), 0);
    // An answer is given whole; a point that was given back as Redis went away may be given back twice.
    const largest = Math.max(0, ...inside.map(({ points }) => points - 1));
    const inexact = isStrict ? 0 : involved.length * largest + 1;
    const allowed = room(count) + (isLoss ? room(after) : 0) + alone + inexact;
    const given = sum(inside);
    if (given > allowed) {
      beyond.push(`${shown(span.from)}–${shown(span.until)} ${given} in place of ${allowed} at most`);
    }
    count = after;
    for (const life of involved) if (isLoss) known.set(life, Math.min(knownBefore(life), after));
  }

  let from = -Infinity;
  for (const time of apartTimes(history)) {
    together(from, time.from);
    apart(time);
    from = time.until;
  }
  together(from, Infinity);
  return beyond;
}

function sum(entries: readonly Entry[]): number {
  return entries.reduce((total, { points }) => total + points, 0);
}

/** Points of answers that were under way as this one was asked for. */
function ofOthersUnderWay(entries: readonly Entry[], span: Span): number {
  return sum(entries.filter((other) => other.from < span.from && other.until > span.from));
}

function apartTimes({ windows, lives }: Pick<History, 'windows' | 'lives'>): Apart[] {
  const spans: Apart[] = Array.from({ length: RELAYS }, (_, relay) => aloneSpans({ windows, lives }, relay))
    .flat()
    .map(({ from, until }) => ({ from, until, isLoss: false }));
  const losses = windows
    .filter(({ fault }) => fault.kind === 'Redis killed' || fault.kind === 'Redis restarted')
    .map(({ from, until }) => ({ from, until, isLoss: true }));
  const merged: Apart[] = [];
  for (const span of [...spans, ...losses].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last === undefined || last.until < span.from) merged.push(span);
    else {
      const until = Math.max(last.until, span.until);
      merged.splice(-1, 1, { from: last.from, until, isLoss: last.isLoss || span.isLoss });
    }
  }
  return merged;
}

/** At least. */
function weightOf(life: Life, span: Span, { lives }: Pick<History, 'lives'>): number {
  if (life.from > span.from - GONE_MS) return FEWEST_RELAYS;
  const isUncertain = lives.some(({ from, until }) =>
    [from, until].some((at) => at > span.from - GONE_MS && at < span.until),
  );
  return isUncertain ? FEWEST_RELAYS : RELAYS;
}

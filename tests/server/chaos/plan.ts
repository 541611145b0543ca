import { Dice } from '#emulator/campus/random.ts';

export const RELAYS = 4;

/** What can happen. A relay's faults name one of the relays. */
const KINDS = [
  'relay killed',
  'relay frozen',
  'relay restarted',
  'relay cut off from Redis',
  'relay unheard by Redis',
  'Redis killed',
  'Redis frozen',
  'Redis restarted',
  'token revoked',
  'platform slow',
  'platform failing',
  'platform hanging',
] as const;

export type FaultKind = (typeof KINDS)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** 0 to 3; undefined for what is nobody's in particular. */
  readonly relay?: number;
  /** After the beginning of its episode, and for how long, in milliseconds. */
  readonly afterMs: number;
  readonly forMs: number;
}

/** Faults that come together, and how long all is quiet after the last one's window. */
export interface Episode {
  readonly faults: readonly Fault[];
  readonly calmMs: number;
}

export interface Plan {
  readonly seed: number;
  readonly episodes: readonly Episode[];
}

export interface PlanOptions {
  readonly seed: number;
  readonly minutes: number;
  /** What each window has behind its fault's end. */
  readonly settleMs: number;
}

/** Of a hundred episodes, so many have two faults at once. */
const PAIRS = 35;
const CALM_MS = { least: 3_000, spread: 2_000 };
const LONGEST_MS = { least: 500, spread: 3_500 };

/** The same for the same seed. Every kind comes once before any comes again. */
export function planOf({ seed, minutes, settleMs }: PlanOptions): Plan {
  const dice = new Dice(seed);
  const episodes: Episode[] = [];
  let bag: FaultKind[] = [];
  const take = (fits: (kind: FaultKind) => boolean): FaultKind | undefined => {
    if (!bag.some(fits)) bag = [...bag, ...KINDS];
    const kind = dice.pick(bag.filter(fits));
    bag = bag.filter((_, at) => at !== bag.indexOf(kind));
    return kind;
  };
  const between = ({ least, spread }: typeof CALM_MS) => least + dice.below(spread + 1);
  const faultOf = (kind: FaultKind, afterMs: number): Fault => ({
    kind,
    ...(subjectOf(kind) === 'relay' ? { relay: dice.below(RELAYS) } : {}),
    afterMs,
    forMs: kind === 'token revoked' ? 0 : between(LONGEST_MS),
  });

  for (let ms = 0; ms < minutes * 60_000;) {
    const kind = take(() => true) ?? 'token revoked';
    const faults = [faultOf(kind, 0)];
    if (dice.chance(PAIRS)) {
      const other = take((candidate) => subjectOf(candidate) !== subjectOf(kind)) ?? kind;
      faults.push(faultOf(other, dice.below(1_500)));
    }
    const calmMs = between(CALM_MS);
    episodes.push({ faults, calmMs });
    ms += Math.max(...faults.map(({ afterMs, forMs }) => afterMs + forMs)) + settleMs + calmMs;
  }
  return { seed, episodes };
}

/** Of one subject only one thing happens at a time. */
function subjectOf(kind: FaultKind): 'relay' | 'Redis' | 'platform' {
  if (kind.startsWith('relay')) return 'relay';
  return kind.startsWith('Redis') ? 'Redis' : 'platform';
}

export function nameOf({ kind, relay }: Fault): string {
  return relay === undefined ? kind : kind.replace('relay', `relay ${relay + 1}`);
}

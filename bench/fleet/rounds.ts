import { costsOf } from './costs.ts';
import type { Costs } from './costs.ts';
import { lookUp } from './lookups.ts';
import type { Lookups } from './lookups.ts';
import type { FleetBench, FleetSubject, SubjectName } from './subjects.ts';
import { cookiesOf } from './viewers.ts';

/** A relay runs for weeks: its compiler has seen the code by then. */
const WARM_UPS = 6;

export type Round = Record<SubjectName, Lookups & Costs>;

export interface RoundsOptions {
  readonly rounds: number;
  /** Each looks up one member in each round, at each subject. */
  readonly viewers: readonly string[];
  readonly tell: (line: string) => void;
}

/** In turns, so that whatever else the machine does meets all alike; ratios are taken within each round. */
export async function measureRounds(bench: FleetBench, options: RoundsOptions): Promise<Round[]> {
  const { rounds, viewers, tell } = options;
  const ask = async (subject: FleetSubject) => lookUp(subject, await cookiesOf(viewers, bench.sessionKeys));
  // The fleet of four is all relays, each as often.
  for (const subject of bench.subjects.filter(({ name }) => name !== '1 relay' && name !== '2 relays'))
    for (let time = 0; time < WARM_UPS * subject.relays.length; time += 1) await ask(subject);

  const results: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const result: Partial<Round> = {};
    // The order turns round, so that none always runs after the same other.
    for (const subject of round % 2 === 0 ? [...bench.subjects].reverse() : bench.subjects) {
      const measured = await costsOf(bench, subject, viewers.length, () => ask(subject));
      result[subject.name] = measured;
      tell(`round ${round} of ${rounds}: ${subject.name} ${describe(measured)}`);
    }
    results.push(result as Round);
  }
  return results;
}

function describe({ perSecond, p50, p99, cpuMicros }: Lookups & Costs): string {
  const cpu = Object.entries(cpuMicros).map(([part, micros]) => `${part} ${micros.toFixed(0)}`);
  return `${perSecond.toFixed(0)}/s, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, µs cpu: ${cpu.join(', ')}`;
}

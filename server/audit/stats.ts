import { isAnswer, isLookup } from './record.ts';
import type { StoredRecord } from './record.ts';
import type { Reader } from './settled.ts';

interface EventCount {
  event: string;
  records: number;
  /** How many of them were no answer. */
  refused: number;
  /** Members in the answers, each as often as they were shown. */
  people: number;
}

interface ViewerCount {
  viewer: string;
  records: number;
  people: number;
}

export interface Counts {
  events: readonly EventCount[];
  viewers: number;
  members: number;
  /** Those who were shown most. */
  busiest: readonly ViewerCount[];
}

const BUSIEST = 5;

/** Counts what is in a trail. */
export class Stats implements Reader {
  readonly #events = new Map<string, EventCount>();
  readonly #viewers = new Map<string, ViewerCount>();
  readonly #members = new Set<string>();

  see(record: StoredRecord): void {
    if (!isLookup(record)) return;
    const { event, viewer } = record;
    const answered = isAnswer(record);
    const people = answered ? (record.count ?? 0) : 0;
    const counted = this.#events.get(event) ?? { event, records: 0, refused: 0, people: 0 };
    const times = record.repeated ?? 1;
    counted.records += 1;
    counted.refused += answered ? 0 : times;
    counted.people += people;
    this.#events.set(event, counted);
    if (people > 0) for (const member of record.members ?? []) this.#members.add(member);
    if (viewer === undefined) return;
    const busy = this.#viewers.get(viewer) ?? { viewer, records: 0, people: 0 };
    busy.records += 1;
    busy.people += people;
    this.#viewers.set(viewer, busy);
  }

  get result(): Counts {
    const viewers = [...this.#viewers.values()].sort((a, b) => b.people - a.people || b.records - a.records);
    return {
      events: [...this.#events.values()].sort((a, b) => b.records - a.records),
      viewers: viewers.length,
      members: this.#members.size,
      busiest: viewers.slice(0, BUSIEST),
    };
  }
}

import type { MemberFields } from '#contract/member.ts';
import { IDENTITIES } from './identities.ts';
import { cardNumberOf, indexBehind, inventMember, sexOf } from './invent.ts';
import type { Seat } from './invent.ts';
import { nameOf } from './names.ts';
import { NAMESAKES } from './namesakes.ts';
import { PEOPLE } from './people.ts';
import type { NamedRecord } from './person.ts';
import { RECORDS } from './records.ts';

const DEFAULT_MEMBERS = 20_000;
const DEFAULT_SEED = 20190218;

/** A member as the platform knows it, before grants and settings decide what is told. */
export interface CampusMember {
  /** The per-subject identity id of the batch and OAuth calls. */
  readonly identityId: number;
  readonly fields: MemberFields;
  /** Values that are told as they stand here, whatever the settings. */
  readonly raw?: Readonly<Record<string, unknown>>;
}

/** The same for the same seed and size, at every start and on every machine. */
export interface Campus {
  readonly size: number;
  /** Exactly this name or card number, as the platform matches; namesakes in a fixed order. */
  find(keyword: string): CampusMember[];
  byCardNumber(cardNumber: string): CampusMember | undefined;
}

/** How many share a name: fewer in a smaller campus, not more in a larger one. */
function namesakeRanges(size: number) {
  const share = Math.min(1, size / DEFAULT_MEMBERS);
  let end = 0;
  return NAMESAKES.map(({ name, sex, count }) => ({ name, sex, end: (end += Math.floor(count * share)) }));
}

/**
 * Only names are made for everybody, and the other fields when somebody is looked up, so that a
 * start does not wait for them.
 *
 * @param size members in all, the named people of `people.ts` among them; never fewer than those.
 */
export function createCampus(size = DEFAULT_MEMBERS, seed = DEFAULT_SEED): Campus {
  const people = new Map<string, NamedRecord[]>();
  const known: readonly NamedRecord[] = [...Object.values(PEOPLE), ...Object.values(RECORDS)];
  for (const person of known) {
    for (const keyword of [person.fields.name, person.fields.card_number]) {
      if (keyword !== undefined) people.set(keyword, [...(people.get(keyword) ?? []), person]);
    }
  }
  const ranges = namesakeRanges(size);
  const reserved = new Set([...people.keys(), ...NAMESAKES.map(({ name }) => name)]);
  const invented = Math.max(0, size - known.length);

  function seatAt(index: number): Seat {
    const cardNumber = cardNumberOf(seed, index);
    const { name, sex } = nameAndSexOf(index);
    return { index, name, sex, cardNumber: people.has(cardNumber) ? `X${cardNumber}` : cardNumber };
  }

  function nameAndSexOf(index: number): Pick<Seat, 'name' | 'sex'> {
    const range = ranges.find(({ end }) => index < end);
    if (range !== undefined) return range;
    const sex = sexOf(seed, index);
    for (let attempt = 0; ; attempt += 1) {
      const name = nameOf(seed, index, sex, attempt);
      if (!reserved.has(name)) return { name, sex };
    }
  }

  const byName = new Map<string, number[]>();
  for (let index = 0; index < invented; index += 1) {
    const { name } = nameAndSexOf(index);
    const namesakes = byName.get(name);
    if (namesakes === undefined) byName.set(name, [index]);
    else namesakes.push(index);
  }

  function byCardNumber(cardNumber: string): CampusMember | undefined {
    const person = people.get(cardNumber)?.find(({ fields }) => fields.card_number === cardNumber);
    if (person !== undefined) return tell(person);
    const index = indexBehind(cardNumber);
    if (index === undefined || index >= invented) return undefined;
    const seat = seatAt(index);
    return seat.cardNumber === cardNumber ? inventMember(seed, seat) : undefined;
  }

  return {
    size: known.length + invented,
    byCardNumber,
    find(keyword) {
      const found = people.get(keyword);
      if (found !== undefined) return found.map(tell);
      const namesakes = byName.get(keyword);
      if (namesakes !== undefined) return namesakes.map((index) => inventMember(seed, seatAt(index)));
      const member = byCardNumber(keyword);
      return member === undefined ? [] : [member];
    },
  };
}

function tell({ identity, fields }: NamedRecord): CampusMember {
  return { identityId: IDENTITIES[identity].id, fields };
}

import type { MemberFields } from '#contract/member.ts';
import { IDENTITIES } from './identities.ts';
import { cardNumberOf, inventMember, sexOf } from './invent.ts';
import type { Seat } from './invent.ts';
import { nameOf } from './names.ts';
import { NAMESAKES } from './namesakes.ts';
import { PEOPLE } from './people.ts';
import type { Person } from './person.ts';

const DEFAULT_MEMBERS = 20_000;
const DEFAULT_SEED = 20190218;

/** A member as the platform knows it, before grants and settings decide what is told. */
export interface CampusMember {
  /** The per-subject identity id of the batch and OAuth calls. */
  readonly identityId: number;
  readonly fields: MemberFields;
}

/** The same for the same seed and size, at every start and on every machine. */
export interface Campus {
  readonly size: number;
  /** Exactly this name or card number, as the platform matches; namesakes in a fixed order. */
  find(keyword: string): CampusMember[];
  byCardNumber(cardNumber: string): CampusMember | undefined;
}

/** Fewer members have fewer namesakes, more do not have more. */
function namesakeCounts(size: number) {
  const share = Math.min(1, size / DEFAULT_MEMBERS);
  return NAMESAKES.map(({ name, sex, count }) => ({ name, sex, count: Math.floor(count * share) }));
}

/**
 * Only name and card number are made for everybody; the other fields when somebody is looked up,
 * so that a start does not wait for them.
 *
 * @param size members in all, the named people of `people.ts` among them; never fewer than those.
 */
export function createCampus(size = DEFAULT_MEMBERS, seed = DEFAULT_SEED): Campus {
  const named: readonly Person[] = Object.values(PEOPLE);
  const taken = new Set([...named.map(({ fields }) => fields.name), ...NAMESAKES.map(({ name }) => name)]);
  const byCard = new Map<string, Person | Seat>(named.map((person) => [person.fields.card_number, person]));
  const byName = new Map<string, (Person | Seat)[]>(named.map((person) => [person.fields.name, [person]]));

  function add(seat: Seat): void {
    byCard.set(seat.cardNumber, seat);
    const namesakes = byName.get(seat.name);
    if (namesakes === undefined) byName.set(seat.name, [seat]);
    else namesakes.push(seat);
  }

  function freeName(index: number): string {
    for (let attempt = 0; ; attempt += 1) {
      const name = nameOf(seed, index, sexOf(seed, index), attempt);
      if (!taken.has(name)) return name;
    }
  }

  function freeCardNumber(index: number): string {
    const cardNumber = cardNumberOf(seed, index);
    return byCard.has(cardNumber) ? `X${cardNumber}` : cardNumber;
  }

  let index = 0;
  for (const { name, sex, count } of namesakeCounts(size)) {
    for (const end = index + count; index < end; index += 1) {
      add({ index, name, sex, cardNumber: freeCardNumber(index) });
    }
  }
  for (; byCard.size < size; index += 1) {
    add({ index, name: freeName(index), sex: sexOf(seed, index), cardNumber: freeCardNumber(index) });
  }

  function tell(entry: Person | Seat): CampusMember {
    if (!('fields' in entry)) return inventMember(seed, entry);
    return { identityId: IDENTITIES[entry.identity].id, fields: entry.fields };
  }

  return {
    size: byCard.size,
    find(keyword) {
      const byTheirCard = byCard.get(keyword);
      const namesakes = byName.get(keyword) ?? [];
      return [...(byTheirCard === undefined ? [] : [byTheirCard]), ...namesakes].map(tell);
    },
    byCardNumber(cardNumber) {
      const entry = byCard.get(cardNumber);
      return entry && tell(entry);
    },
  };
}

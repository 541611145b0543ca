import type { Member } from '#contract/member.ts';

/** The school's members as the platform tells them, nothing hidden: only for what applies a viewer's policy. */
export interface Directory {
  /** Who has exactly this name or card number. */
  find(keyword: string): Promise<readonly Member[]>;
  /** The member with this card number, or undefined. */
  get(cardNumber: string): Promise<Member | undefined>;
}

/** Whoever asks for the same keyword while it is being asked shares that one call. Nothing is kept afterwards. */
export function createDirectory(search: (keyword: string) => Promise<Member[]>): Directory {
  const running = new Map<string, Promise<readonly Member[]>>();

  function find(keyword: string): Promise<readonly Member[]> {
    const shared = running.get(keyword);
    if (shared !== undefined) return shared;
    const call = search(keyword).finally(() => running.delete(keyword));
    running.set(keyword, call);
    return call;
  }

  return {
    find,
    async get(cardNumber) {
      const members = await find(cardNumber);
      return members.find((member) => member.card_number === cardNumber);
    },
  };
}

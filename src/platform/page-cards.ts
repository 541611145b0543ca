const PREFIX = 'wecard-lookup:card:';

/**
 * Which card number a member's page stands for, where the backend gives members no `ref`. Kept for
 * this tab only, so that a reload works and no address holds a card number.
 */
export interface PageCards {
  keep(id: string, cardNumber: string): void;
  find(id: string): string | undefined;
  clear(): void;
}

/** In the tab's storage where there is one that works, else in memory. */
export function createPageCards(storage: Storage | undefined): PageCards {
  const memory = new Map<string, string>();
  return {
    keep(id, cardNumber) {
      memory.set(id, cardNumber);
      try {
        storage?.setItem(PREFIX + id, cardNumber);
      } catch {
        // Storage is full or forbidden: a reload forgets the page, nothing else does.
      }
    },
    find: (id) => memory.get(id) ?? storage?.getItem(PREFIX + id) ?? undefined,
    clear() {
      memory.clear();
      const keys = Object.keys(storage ?? {}).filter((key) => key.startsWith(PREFIX));
      for (const key of keys) storage?.removeItem(key);
    },
  };
}

/** The tab's or the device's storage; reading the property throws where cookies are blocked. */
export function storageOf(page: Window, kind: 'sessionStorage' | 'localStorage'): Storage | undefined {
  try {
    return page[kind];
  } catch {
    return undefined;
  }
}

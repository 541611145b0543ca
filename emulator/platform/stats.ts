export interface Stats {
  /** Path → how many calls, faulty ones among them. */
  calls: Record<string, number>;
  /** Application tokens handed out. */
  tokensIssued: number;
}

export interface StatsCounter {
  read(): Stats;
  reset(): void;
  countCall(path: string): void;
  countToken(): void;
}

export function createStats(): StatsCounter {
  const calls = new Map<string, number>();
  let tokensIssued = 0;
  return {
    read: () => ({ calls: Object.fromEntries(calls), tokensIssued }),
    reset() {
      calls.clear();
      tokensIssued = 0;
    },
    countCall: (path) => void calls.set(path, (calls.get(path) ?? 0) + 1),
    countToken: () => void (tokensIssued += 1),
  };
}

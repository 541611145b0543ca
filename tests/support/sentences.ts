/** A message with values, and the sentence that it is to be in each language. */
interface Sentence<T> {
  message: (words: T) => unknown;
  say: (words: T) => string;
  chinese: string;
  english: string;
}

/** The sentences that are expected of messages with values, and which messages have none yet. */
export function createSentences<T extends object>() {
  const all: Sentence<T>[] = [];
  return {
    all,

    /** @param message picks it out of one language. */
    says: <A extends unknown[]>(
      message: (words: T) => (...values: A) => string,
      values: NoInfer<A>,
      chinese: string,
      english: string,
    ) => {
      all.push({ message, say: (words) => message(words)(...values), chinese, english });
    },

    /** @returns their paths. */
    unsaid: (words: T): string[] => {
      const said = new Set(all.map(({ message }) => message(words)));
      return functionsOf(words)
        .filter(([, message]) => !said.has(message))
        .map(([path]) => path);
    },
  };
}

function functionsOf(words: unknown, path: readonly string[] = []): [path: string, message: unknown][] {
  if (typeof words === 'function') return [[path.join('.'), words]];
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([key, inner]) => functionsOf(inner, [...path, key]));
}

import type { CDPSession } from '@playwright/test';

/** What must not grow while visitors come and go. */
export interface Weight {
  /** JavaScript's heap after a collection, bytes. */
  heap: number;
  /** DOM nodes alive, in the page or held by a script. */
  nodes: number;
  listeners: number;
}

export interface Growth {
  measure: keyof Weight;
  /** The least of each window: what a visit's last moments still hold comes and goes, what leaks never goes. */
  early: number;
  late: number;
  /** `late` over `early`: 1 is flat. */
  ratio: number;
}

/** Weighs the page once its garbage is gone. */
export async function weigh(cdp: CDPSession): Promise<Weight> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters');
  return { heap: usedSize, nodes, listeners: jsEventListeners };
}

/**
 * Compares the fifth after the warm-up with the last one.
 *
 * @param weights taken at even distances, oldest first; ten or more.
 */
export function growthOf(weights: readonly Weight[]): Growth[] {
  const fifth = Math.floor(weights.length / 5);
  const early = weights.slice(fifth, 2 * fifth);
  const late = weights.slice(-fifth);
  return (['heap', 'nodes', 'listeners'] as const).map((measure) => {
    const [before, after] = [least(early, measure), least(late, measure)];
    return { measure, early: before, late: after, ratio: after / before };
  });
}

function least(weights: readonly Weight[], measure: keyof Weight): number {
  return Math.min(...weights.map((weight) => weight[measure]));
}

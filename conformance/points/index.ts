import type { Point } from '../point.ts';
import { CROSS_ORIGIN_POINTS } from './cross-origin.ts';
import { PLATFORM_POINTS } from './platform.ts';
import { REFUSAL_POINTS } from './refusals.ts';
import { RELAY_POINTS } from './relay.ts';
import { SEARCH_POINTS } from './search.ts';
import { TOKEN_POINTS } from './token.ts';

/** The contract, point by point, in the order in which they are checked. */
export const POINTS: readonly Point[] = [
  ...SEARCH_POINTS,
  ...REFUSAL_POINTS,
  ...CROSS_ORIGIN_POINTS,
  ...PLATFORM_POINTS,
  ...TOKEN_POINTS,
  ...RELAY_POINTS,
];

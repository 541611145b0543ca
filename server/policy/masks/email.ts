import { asciiWidths } from '#contract/characters.ts';
import { ALL_HIDDEN, firstOf, isShorter, showsAtMost } from './shape.ts';
import type { Mask } from './shape.ts';

const NEITHER_PART_HAS = /[\s*]/;
const HIDDEN_ADDRESS = /^[^\s@*]{0,3}\*{2,}[^\s@*]{0,2}@[^\s@*]+$/u;

/** The first character and the domain stay: "z***@example.edu.cn". */
export const emailMask: Mask = {
  hide(value) {
    const address = asciiWidths(value).trim();
    const [local = '', domain = '', ...more] = address.split('@');
    const isDomain = domain.slice(1, -1).includes('.');
    if (local === '' || !isDomain || more.length > 0 || NEITHER_PART_HAS.test(address)) return ALL_HIDDEN;
    return `${isShorter(local, 2) ? '' : firstOf(local)}***@${domain}`;
  },
  isHidden: (value) =>
    HIDDEN_ADDRESS.test(asciiWidths(value)) || (!value.includes('@') && showsAtMost(value, 4)),
};

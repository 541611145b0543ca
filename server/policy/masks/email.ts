import { ALL_HIDDEN, asciiWidths, showsAtMost } from './shape.ts';
import type { Mask } from './shape.ts';

const ADDRESS = /^([^\s@*]+)@([^\s@*]+\.[^\s@*]+)$/;
const HIDDEN_ADDRESS = /^[^\s@*]{0,3}\*{2,}[^\s@*]{0,2}@[^\s@*]+$/u;

/** The first character and the domain stay: "z***@example.edu.cn". */
export const emailMask: Mask = {
  hide(value) {
    const parts = ADDRESS.exec(asciiWidths(value).trim());
    if (parts === null) return ALL_HIDDEN;
    const [, local = '', domain = ''] = parts;
    const characters = Array.from(local);
    return `${characters.length > 1 ? (characters[0] ?? '') : ''}***@${domain}`;
  },
  isHidden: (value) =>
    HIDDEN_ADDRESS.test(asciiWidths(value)) || (!value.includes('@') && showsAtMost(value, 4)),
};

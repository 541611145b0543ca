import type { FieldKey } from './fields.ts';

/** What schools write in place of the platform's codes, in lower case. */
const ANY_STATUS: Readonly<Record<string, number>> = {
  true: 1,
  yes: 1,
  y: 1,
  是: 1,
  false: 0,
  no: 0,
  n: 0,
  否: 0,
};

const WORDS: Partial<Record<FieldKey, Readonly<Record<string, number>>>> = {
  gender: { 未知: 0, unknown: 0, 男: 1, 男性: 1, male: 1, m: 1, 女: 2, 女性: 2, female: 2, f: 2 },
  active_status: { ...ANY_STATUS, 激活: 1, 已激活: 1, 未激活: 0 },
  frozen_status: { ...ANY_STATUS, 冻结: 1, 已冻结: 1, 未冻结: 0, 正常: 0 },
  bind_status: { ...ANY_STATUS, 绑定: 1, 已绑定: 1, 未绑定: 0 },
  entrust_status: { ...ANY_STATUS, 签约: 1, 已签约: 1, 未签约: 0 },
};

const WHOLE = /^-?\d{1,15}(?:\.0{1,9})?$/;

/** A code, by number, by "1.0" or by a word; any other text as it came. */
export function readCodeWord(key: FieldKey, text: string): number | string {
  if (WHOLE.test(text)) return Number(text);
  const words = WORDS[key];
  const word = text.toLowerCase();
  return words !== undefined && Object.prototype.hasOwnProperty.call(words, word)
    ? (words[word] ?? text)
    : text;
}

const LIST_SEPARATOR = /[\s,、;|，；]+/;

/** Ids as a list, as one, or as "2,222": whole numbers only. */
export function readIdList(raw: unknown, most: number): number[] {
  const entries: unknown[] = Array.isArray(raw) ? raw : splitIds(raw);
  const ids = entries.slice(0, most).map((entry) => {
    const text = typeof entry === 'number' || typeof entry === 'string' ? String(entry).trim() : '';
    return WHOLE.test(text) ? Number(text) : undefined;
  });
  return ids.filter((id) => id !== undefined);
}

function splitIds(raw: unknown): unknown[] {
  if (typeof raw !== 'string') return [raw];
  return raw
    .trim()
    .replace(/^\[|\]$/g, '')
    .split(LIST_SEPARATOR);
}

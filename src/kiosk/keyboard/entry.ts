import { asTyped, MAX_KEYWORD_LENGTH } from '#contract/keyword.ts';
import type { Candidate } from './pinyin.ts';

export type KeyboardMode = 'number' | 'pinyin' | 'latin';

/** What stands in the kiosk's box, without any native text field behind it. */
export interface Entry {
  text: string;
  /** Letters of a pinyin that no character was chosen for yet. */
  pending: string;
  mode: KeyboardMode;
}

/** A key of the screen or of an attached keyboard: a character, or what it does. */
export type Press = { character: string } | 'backspace' | 'clear';

export function emptyEntry(mode: KeyboardMode): Entry {
  return { text: '', pending: '', mode };
}

export function pressKey(entry: Entry, press: Press): Entry {
  if (press === 'clear') return emptyEntry(entry.mode);
  if (press === 'backspace') return backspace(entry);
  const { character } = press;
  const isPinyin = entry.mode === 'pinyin' && /^[a-z']$/.test(character);
  if (isPinyin && (character !== "'" || entry.pending !== '')) {
    return { ...entry, pending: withinLimit(entry.pending, character) };
  }
  return { ...settled(entry), text: withinLimit(settled(entry).text, character) };
}

/** A chosen character takes its letters from what is pending. */
export function chooseCandidate(entry: Entry, { character, length }: Candidate): Entry {
  return { ...entry, text: withinLimit(entry.text, character), pending: entry.pending.slice(length) };
}

export function switchMode(entry: Entry, mode: KeyboardMode): Entry {
  return { ...settled(entry), mode };
}

/** Letters for which nothing was chosen stay letters: the visitor may have meant them so. */
export function settled(entry: Entry): Entry {
  return { ...entry, text: entry.text + entry.pending.replace(/'/g, ''), pending: '' };
}

/** What a search of this entry asks for. */
export function keywordOf(entry: Entry): string {
  return asTyped(settled(entry).text);
}

function backspace(entry: Entry): Entry {
  if (entry.pending !== '') return { ...entry, pending: entry.pending.slice(0, -1) };
  return { ...entry, text: Array.from(entry.text).slice(0, -1).join('') };
}

function withinLimit(text: string, more: string): string {
  return Array.from(text + more)
    .slice(0, MAX_KEYWORD_LENGTH)
    .join('');
}

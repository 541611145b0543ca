import { isRecord } from '#contract/json.ts';
import type { Emulator } from '#emulator/start.ts';
import { PROFILES } from './policy.ts';
import type { ChaosKind } from './policy.ts';

/** Shorter values stand in other places by chance. */
const TELLING_LENGTH = 8;

/**
 * What an answer holds that this viewer may not see: fields of other names, and values of the people who were asked
 * for, wherever they stand in the text.
 *
 * @param about the card number that was asked about, which an answer may repeat.
 */
export function leaksIn(kind: ChaosKind, about: string, text: string, campus: Emulator['campus']): string[] {
  const { shown, masked, revealable } = PROFILES[kind];
  const body: unknown = JSON.parse(text);
  const { userlist, value } = isRecord(body) ? body : {};
  const members = Array.isArray(userlist) ? userlist.filter(isRecord) : [];
  const allowed = new Set<string>([...shown, ...masked, 'ref']);
  const names = members.flatMap((member) => Object.keys(member)).filter((name) => !allowed.has(name));
  const open = new Set<string>([...shown, ...(value === undefined ? [] : revealable)]);
  const values = campus.find(about).flatMap(({ fields }) => {
    const all = Object.entries(fields).filter((field): field is [string, string] => isText(field[1]));
    const visible = [about, ...all.filter(([name]) => open.has(name)).map(([, text]) => text)];
    return all
      .filter(([name, hidden]) => !open.has(name) && hidden.length >= TELLING_LENGTH && text.includes(hidden))
      .filter(([, hidden]) => !visible.some((part) => part.includes(hidden)))
      .map(([name]) => `the value of ${name}`);
  });
  return [...names, ...values];
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

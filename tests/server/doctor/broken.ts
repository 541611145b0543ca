import { expect } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import { examine, install } from './support.ts';
import type { Env, Installation } from './support.ts';

const { name: NAME, card_number: CARD_NUMBER } = PEOPLE.everyField.fields;

export interface Broken {
  /** What is told that is not fine, and nothing besides. */
  names: string[];
  code?: 0 | 1;
  /** In what is told, or to be done, about it. */
  words: RegExp;
  args?: string[];
  skewMs?: number;
  /** Breaks it. @returns settings to change. */
  by?: (installation: Installation) => Env | Promise<Env>;
}

/** In an installation of its own. */
export async function expectToBeNamed({ names, code = 1, words, args, skewMs, by }: Broken): Promise<void> {
  const here = await install();
  const changed = await by?.(here);
  const found = await examine({ ...here.env, ...changed }, args, skewMs === undefined ? {} : { skewMs });
  expect(found.names).toEqual(names);
  expect(found.code).toBe(code);
  const told = found.findings.filter(({ level }) => level !== 'ok');
  const text = told.map(({ what, fix, lines = [] }) => [what, fix, ...lines].join('\n')).join('\n');
  expect(text.replaceAll('\n', ' ')).toMatch(words);
  // A warning of the start says itself what to do.
  for (const { name, fix = '' } of told) if (name !== 'unsafe') expect(fix).not.toBe('');
  const { password } = new URL(changed?.REDIS_URL ?? 'redis://');
  if (password !== '') expect(found.text).not.toContain(password);
  for (const secret of [here.env.WECARD_APP_SECRET, here.env.AUDIT_KEY, NAME, CARD_NUMBER, '汉族']) {
    expect(found.text).not.toContain(secret);
  }
}

/**
 * No scan lost, joined or invented: what that means here, and where it is promised.
 *
 * A visitor sees one of three outcomes: something is **looked up**, something stands **in the box**, or
 * they are **told** that a scan was not read or that the box wants checking. Then
 * - **lost** is a scan, or a text typed and ended with Enter, that was not looked up and not told of;
 * - **joined** is a lookup of more than one act's text: two scans, or a scan and what was typed;
 * - **invented** is a lookup that nobody asked for: neither scanned whole, nor typed and ended with Enter.
 *
 * Zero of each is promised as long as
 * 1. a reader holds a key for less than 30 ms and waits less than 50 ms before the next, a hand holds it
 *    for 45 ms or more, and needs 15 ms from one to the next or 45 ms of holding for each key it rolls;
 * 2. the system stamps an event at most 180 ms late, in order (the page may hear of it at any time);
 * 3. without a suffix, two cards are 320 ms apart or more.
 * A scan that ends with Enter is looked up where the box was empty, and so is each scan of a calm machine whose reader
 * reports its keys' releases. What cannot be told apart (stalls at every key, no releases) stands in the
 * box and is told of; nothing is looked up without Enter.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEFAULT_APP_CONFIG } from '#contract/app-config.ts';
import type { KioskConfig } from '#contract/app-config.ts';
import type { KeyStroke } from '#src/kiosk/scanner/key-stroke.ts';
import { chanceOf, HANDS, READERS, stalled, strokesOf } from '#tests/support/key-sequences.ts';
import type { Habit } from '#tests/support/key-sequences.ts';
import { playAtDesk } from '#tests/support/kiosk-desk.ts';
import type { Hearing, Outcome } from '#tests/support/kiosk-desk.ts';
import { recordingsIn, unpackStroke } from '#tests/support/recordings.ts';
import { mishapsOf } from '#tests/support/scan-outcomes.ts';
// Read beforehand, so that candidates are there as soon as a letter is typed.
import '#src/kiosk/keyboard/pinyin-table.json';

const PLAYS = 30;
const SECONDS = { timeout: 120_000 };
const MACHINES = ['calm', 'late stamps', 'late page', 'stalls at every key'] as const;
type Machine = (typeof MACHINES)[number];

beforeAll(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterAll(() => void vi.useRealTimers());

/** The page stands still from before the first key on, and hears what happened meanwhile all at once. */
function afterStandstill(chance: () => number): Hearing {
  const end = 1000 + chance() * 2000;
  return ({ time }) => Math.max(time, end);
}

function slowed(habit: Habit, machine: Machine): Habit {
  return machine === 'stalls at every key' ? { ...habit, gap: [0, 180] } : habit;
}

function play(
  strokes: KeyStroke[],
  machine: Machine,
  chance: () => number,
  kiosk: Partial<KioskConfig> = {},
) {
  const stamped = machine === 'late stamps' ? stalled(strokes, chance) : strokes;
  return playAtDesk(stamped, kiosk, machine === 'late page' ? afterStandstill(chance) : undefined);
}

/** Any code of 4 to 20 characters, and what stands before it. */
function codeOf(chance: () => number) {
  const alphabet = pick(['0123456789', 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789', 'abcdefgh0123456789'], chance);
  const length = 4 + Math.floor(chance() * 17);
  const code = Array.from({ length }, () => pick(alphabet.split(''), chance)).join('');
  return { code, prefix: pick(['', '', ']C1', '~', 'ID'], chance) };
}

function pick<T>(from: readonly T[], chance: () => number): T {
  return from[Math.floor(chance() * from.length)] as T;
}

function settingsOf(prefix: string): KioskConfig {
  return { ...DEFAULT_APP_CONFIG.kiosk, scanPrefix: prefix === ']C1' ? '' : prefix };
}

interface Failure extends Outcome {
  seed: number;
  asked: string[];
  why: string[];
}

/** Plays many seeds; @returns those that went wrong, which a failing test shows in full. */
async function failures(play: (seed: number) => Promise<Failure>): Promise<Failure[]> {
  const all: Failure[] = [];
  for (let seed = 1; seed <= PLAYS; seed++) all.push(await play(seed));
  return all.filter(({ why }) => why.length > 0);
}

describe.each(MACHINES)('on a machine: %s', (machine) => {
  describe.each(Object.entries(READERS))('the reader: %s', (_name, reader) => {
    it('has each scan looked up, or told of where it cannot be', SECONDS, async () => {
      const wrong = await failures(async (seed) => {
        const chance = chanceOf(seed);
        const { code, prefix } = codeOf(chance);
        const suffix = pick([reader.suffix, 'Enter', 'Tab', undefined] as const, chance);
        const habit: Habit = { ...slowed(reader, machine), suffix };
        const settings = settingsOf(prefix);
        const outcome = await play(strokesOf(prefix + code, habit, chance), machine, chance, settings);
        const why: string[] = mishapsOf(outcome, { asked: [prefix + code] }, settings);
        const isSure = suffix?.startsWith('Enter') === true || (machine === 'calm' && reader.dwell);
        if (isSure && outcome.lookups.join() !== code) why.push('not looked up');
        if (outcome.lookups.length === 0 && outcome.tells === 0) why.push('not told');
        return { ...outcome, seed, asked: [`${prefix}|${code}|${suffix ?? ''}`], why };
      });
      expect(wrong).toEqual([]);
    });
  });

  it('keeps the scans of a burst apart', SECONDS, async () => {
    const wrong = await failures(async (seed) => {
      const chance = chanceOf(seed);
      const reader = pick(Object.values(READERS), chance);
      const codes = Array.from({ length: 3 }, () => codeOf(chance).code);
      const pause = reader.suffix === undefined ? 320 : chance() * 180;
      let start = 1000;
      const strokes = codes.flatMap((code) => {
        const scan = strokesOf(code, slowed(reader, machine), chance, start);
        start = (scan.at(-1)?.time ?? 0) + pause;
        return scan;
      });
      const outcome = await play(strokes, machine, chance);
      return { ...outcome, seed, asked: codes, why: mishapsOf(outcome, { asked: codes }, settingsOf('')) };
    });
    expect(wrong).toEqual([]);
  });
});

/** Typists from 20 to 200 words a minute, quick ones rolling from key to key. */
const TYPISTS = [20, 40, 60, 80, 100, 120, 140, 160, 180, 200].map((wpm): [string, Habit] => {
  const mean = 12_000 / wpm;
  return [`${String(wpm)} wpm`, { gap: [mean / 2, mean * 1.5], dwell: [55, 120], suffix: 'Enter' }];
});
/** Whether releases tell a hand: not where there are none, nor where a screen's keys let go at once. */
function reports({ dwell }: Habit): boolean {
  return dwell !== undefined && dwell[0] >= 45;
}

/** What is pressed, and what it comes to. */
const TEXTS = [
  ['07302590', '07302590'],
  ['zhangwei', 'zhangwei'],
  ['REAL44\b\b4411902', 'REAL4411902'],
  ['zhagn\b\bng', 'zhang'],
  ['2023', '2023'],
  ['liu', 'liu'],
] as const;

describe.each(['calm', 'late stamps', 'late page'] as const)('on a machine: %s', (machine) => {
  it.each([...Object.entries(HANDS), ...TYPISTS])(
    'looks up what a hand typed only at Enter: %s',
    SECONDS,
    async (_name, hand) => {
      const wrong = await failures(async (seed) => {
        const chance = chanceOf(seed);
        const [pressed, text] = pick(TEXTS, chance);
        const isAsked = hand.suffix !== undefined && chance() < 0.5;
        const habit: Habit = { ...hand, suffix: isAsked ? hand.suffix : undefined };
        const outcome = await play(strokesOf(pressed, habit, chance), machine, chance);
        const asked = isAsked ? [text] : [];
        const why: string[] = mishapsOf(outcome, { asked }, settingsOf(''));
        if (outcome.box !== text) why.push('not in the box');
        const isSure = machine !== 'late stamps' && reports(hand);
        if (isAsked && isSure && outcome.lookups.join() !== text) why.push('not looked up');
        return { ...outcome, seed, asked, why };
      });
      expect(wrong).toEqual([]);
    },
  );
});

describe.each(['readers', 'hands', 'bursts', 'oddities'])('the recorded %s', (corpus) => {
  it.each(recordingsIn(corpus))('$name', async ({ scans, strokes }) => {
    const outcome = await playAtDesk(strokes.map(unpackStroke));
    expect(mishapsOf(outcome, { asked: scans }, settingsOf(''))).toEqual([]);
  });
});

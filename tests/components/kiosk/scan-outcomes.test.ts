/** Readers and hands at a kiosk, as their keys arrive, and what is looked up in the end. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { KioskConfig } from '#contract/app-config.ts';
import type { KeyStroke } from '#src/kiosk/scanner/key-stroke.ts';
import { chanceOf, HANDS, READERS, stalled, strokesOf } from '#tests/support/key-sequences.ts';
import type { Habit } from '#tests/support/key-sequences.ts';
import { playAtDesk } from '#tests/support/kiosk-desk.ts';
import type { Hearing } from '#tests/support/kiosk-desk.ts';
// Read beforehand, so that candidates are there as soon as a letter is typed.
import '#src/kiosk/keyboard/pinyin-table.json';
import '#src/kiosk/keyboard/rare-characters.json';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const MACHINES = ['calm', 'late stamps', 'late page', 'stalls at every key'] as const;
type Machine = (typeof MACHINES)[number];
const USB: Habit = { gap: [1, 3], dwell: [1, 1], suffix: 'Enter' };
/** Between two cards at a reader that sends no suffix. */
const APART_MS = 500;

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

function pick<T>(from: readonly T[], chance: () => number): T {
  return from[Math.floor(chance() * from.length)] as T;
}

/** Any code of up to 20 characters. */
function codeOf(chance: () => number): string {
  const alphabet = pick(['0123456789', 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789', 'abcdefgh0123456789'], chance);
  const length = 1 + Math.floor(chance() * 20);
  return Array.from({ length }, () => pick(alphabet.split(''), chance)).join('');
}

describe.each(MACHINES)('a kiosk without a keyboard, on a machine: %s', (machine) => {
  it.each(Object.entries(READERS))('looks up each scan whole: %s', async (_name, reader) => {
    for (const seed of SEEDS) {
      const chance = chanceOf(seed);
      const code = codeOf(chance);
      const mark = pick(['', '', ']C1', '~', 'ID'], chance);
      const suffix = pick([reader.suffix, 'Enter', 'Tab', undefined] as const, chance);
      const scanPrefix = mark === ']C1' ? '' : mark;
      const strokes = strokesOf(mark + code, { ...slowed(reader, machine), suffix }, chance);
      const { lookups, problems } = await play(strokes, machine, chance, { scanPrefix });
      expect({ seed, lookups, problems }).toEqual({ seed, lookups: [code], problems: [] });
    }
  });

  it('keeps the scans of a burst apart', async () => {
    for (const seed of SEEDS) {
      const chance = chanceOf(seed);
      const reader = pick(Object.values(READERS), chance);
      const codes = Array.from({ length: 3 }, () => codeOf(chance));
      const pause = reader.suffix === undefined ? APART_MS : chance() * 180;
      let start = 1000;
      const strokes = codes.flatMap((code) => {
        const scan = strokesOf(code, slowed(reader, machine), chance, start);
        start = (scan.at(-1)?.time ?? 0) + pause;
        return scan;
      });
      const { lookups } = await play(strokes, machine, chance);
      expect({ seed, lookups }).toEqual({ seed, lookups: codes });
    }
  });
});

describe('a reader set to another layout than the machine', () => {
  it.each(['French', 'German', 'Thai', 'Thai digits'] as const)(
    'is read by where its keys lie: %s',
    async (layout) => {
      for (const code of ['2023050301', 'V-0086', 'REAL4411902', '07302590']) {
        const strokes = strokesOf(code, { ...USB, layout }, chanceOf(1));
        expect((await playAtDesk(strokes)).lookups).toEqual([code]);
      }
    },
  );

  it('has its campus codes and the staff’s known, too', async () => {
    const french: Habit = { ...USB, layout: 'French' };
    const campus = strokesOf('http://wx.url.cn/v002.1015730314.Xk39', french, chanceOf(1));
    expect(await playAtDesk(campus)).toMatchObject({ lookups: [], problems: ['campus-code'] });
    const staff = strokesOf('STAFF-9931', french, chanceOf(1));
    expect(await playAtDesk(staff, { staffCode: 'STAFF-9931' })).toMatchObject({ lookups: [], problems: [] });
  });

  it('is told of where its keys have no places either, and nothing is looked up', async () => {
    const strokes = strokesOf('2023050301', { ...USB, layout: 'Thai' }, chanceOf(1));
    const placeless = strokes.map((stroke) => (stroke.key === 'Enter' ? stroke : { ...stroke, code: '' }));
    expect(await playAtDesk(placeless)).toMatchObject({ lookups: [], problems: ['garbled'], box: '' });
  });

  it('is told of where an Alt code names no character of a code', async () => {
    const strokes = strokesOf('07é', { ...USB, altCodes: true }, chanceOf(1));
    expect(await playAtDesk(strokes)).toMatchObject({ lookups: [], problems: ['garbled'] });
  });
});

/** Typists from 20 to 200 words a minute, quick ones rolling from key to key. */
const TYPISTS = [20, 40, 60, 80, 100, 120, 140, 160, 180, 200].map((wpm): [string, Habit] => {
  const mean = 12_000 / wpm;
  return [`${String(wpm)} wpm`, { gap: [mean / 2, mean * 1.5], dwell: [55, 120], suffix: 'Enter' }];
});

/** What is pressed, and what it comes to. */
const TEXTS = [
  ['07302590', '07302590'],
  ['zhangwei', 'zhangwei'],
  ['REAL44\b\b4411902', 'REAL4411902'],
  ['zhagn\b\bng', 'zhang'],
  ['2023', '2023'],
  ['liu', 'liu'],
] as const;

describe.each(['calm', 'late page'] as const)('a desk with a keyboard, on a machine: %s', (machine) => {
  it.each([...Object.entries(HANDS), ...TYPISTS])(
    'looks up what a hand typed only at Enter: %s',
    async (_name, hand) => {
      for (const seed of SEEDS) {
        const chance = chanceOf(seed);
        const [pressed, text] = pick(TEXTS, chance);
        const isAsked = hand.suffix !== undefined && chance() < 0.5;
        const suffix = isAsked ? hand.suffix : undefined;
        const { box, lookups } = await play(
          strokesOf(pressed, { ...hand, suffix }, chance),
          machine,
          chance,
          {
            keyboard: true,
          },
        );
        expect({ seed, box, lookups }).toEqual({ seed, box: text, lookups: isAsked ? [text] : [] });
      }
    },
  );

  it('lets a scan take the place of what was half typed', async () => {
    for (const seed of SEEDS) {
      const chance = chanceOf(seed);
      const hand: Habit = { gap: [50, 150], dwell: [70, 130] };
      const typed = strokesOf('zhang', hand, chance);
      const suffix = pick(['Enter', 'Tab', undefined] as const, chance);
      const scan = strokesOf('07302590', { ...USB, suffix }, chance, 2500);
      const { box, lookups } = await play([...typed, ...scan], machine, chance, { keyboard: true });
      expect({ seed, box, lookups }).toEqual({ seed, box: '07302590', lookups: ['07302590'] });
    }
  });
});

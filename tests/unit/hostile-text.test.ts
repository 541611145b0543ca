import { describe, expect, it } from 'vitest';
import { readCodeWord, readIdList } from '#contract/codes.ts';
import { FIELD_KEYS, FIELDS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import { parseJson } from '#contract/json.ts';
import { asTyped, cleanKeyword, keywordProblem } from '#contract/keyword.ts';
import { readPhoneNumber, splitPhones } from '#contract/phone.ts';
import { parseSearchReply, readCode } from '#contract/reply.ts';
import { differencesOf, peculiaritiesOf } from '#contract/spelling.ts';
import { isEndless, isNoDate, readStamp } from '#contract/stamp.ts';
import { isMaskable } from '#server/policy/field-lists.ts';
import { endsIn, readAnswer } from '#server/policy/last-four.ts';
import { arrivedMasked, maskValue } from '#server/policy/mask.ts';
import { formatDate, formatStamp } from '#src/format/date.ts';
import { fieldText } from '#src/format/field-text.ts';
import { avatarColour, initialsOf } from '#src/format/initials.ts';
import { linkedText } from '#src/format/links.ts';
import { cardMarks } from '#src/format/marks.ts';
import { formatPhone, phoneIn } from '#src/format/phone.ts';
import { memberVCard } from '#src/format/vcard.ts';
import { messages } from '#src/locales/zh-CN.ts';

/** What makes a careless pattern begin again and again. */
const UNITS = [' ', '1', '*', '.', '(', '。', 'a@', '1-', '张 ', '\\"', 'e\u0301', '0\u200d'];
const LENGTHS = [65_536, 1_048_576];

const someMember = (text: string) => Object.fromEntries(FIELD_KEYS.map((key) => [key, text]));
const names = { organizations: {}, roles: {} };

/** One field of each kind, and those with a mask of their own. */
const MASKED: readonly FieldKey[] = [
  'name',
  'id_card',
  'address',
  'telephone',
  'email',
  'birthday',
  'college',
];
const SHOWN: readonly FieldKey[] = [...MASKED, 'identity_type', 'gender', 'frozen_status', 'start_at'];

const FUNCTIONS: Record<string, (text: string) => unknown> = {
  asTyped,
  cleanKeyword,
  keywordProblem,
  peculiaritiesOf,
  differencesOf: (text) => differencesOf(text, ''),
  readStamp,
  isEndless,
  isNoDate: (text) => isNoDate(text, 'datetime'),
  readPhoneNumber,
  splitPhones,
  readCode,
  readCodeWord: (text) => readCodeWord('frozen_status', text),
  readIdList: (text) => readIdList(text, 1000),
  parseSearchReply: (text) => parseSearchReply({ errcode: 0, userlist: [someMember(text)] }),
  'parseJson of a value': (text) => parseJson(JSON.stringify({ number: '1234567890123456', text })),
  'parseJson of anything': (text) => quietly(() => parseJson(`[1234567890123456, "${text}`)),
  readAnswer,
  endsIn: (text) => [endsIn('telephone', text, '1234'), endsIn('id_card', text, '1234')],
  formatDate: (text) => formatDate(text, messages),
  formatStamp: (text) => formatStamp(text, messages),
  formatPhone,
  phoneIn,
  initialsOf,
  avatarColour,
  cardMarks: (text) => cardMarks({ start_at: text, expire_at: text }, 0),
  memberVCard: (text) => memberVCard({ name: text, telephone: text, email: text, college: text }),
  ...Object.fromEntries(MASKED.map((field) => [`mask of ${field}`, (text: string) => masks(field, text)])),
  ...Object.fromEntries(
    SHOWN.map((field) => [
      `text and links of ${field}`,
      (text: string) => [fieldText({ [field]: text }, field, names, messages), linkedText(field, text)],
    ]),
  ),
};

function masks(field: FieldKey, text: string) {
  return [maskValue(field, text, false), maskValue(field, text, true), arrivedMasked(field, text)];
}

function quietly(work: () => unknown): unknown {
  try {
    return work();
  } catch {
    return undefined; // Not JSON: only the time counts.
  }
}

/** What is too long is measured again so often, and the least counts. */
const TRIES = 5;
/** Nothing but work by the square takes so long, however often. */
const HOPELESS_MS = 4_000;

/** Milliseconds of this process, however busy the machine is. */
function timeOf(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  return process.cpuUsage(start).user / 1000;
}

/** Compiling, collecting garbage and a crowded processor come now and then, the work itself each time. */
function leastTimeOf(work: () => unknown, most: number): number {
  let least = timeOf(work);
  for (let tries = 1; tries < TRIES && least > most && least < HOPELESS_MS; tries += 1)
    least = Math.min(least, timeOf(work));
  return least;
}

/**
 * The length at which the work takes too long: over 50 ms, and more than 64 times what a sixteenth of it takes
 * or may take. Work in proportion stays far below that on a slow machine; work by the square takes seconds at once.
 */
function tooLongAt(work: (text: string) => unknown, textOf: (length: number) => string): number | undefined {
  let before = 4;
  return LENGTHS.find((length) => {
    const text = textOf(length);
    const most = Math.max(50, 64 * before);
    const time = leastTimeOf(() => work(text), most);
    before = Math.max(time, before);
    return time > most;
  });
}

describe('a megabyte of hostile text takes no time', () => {
  it.each(Object.keys(FUNCTIONS))(
    '%s',
    (name) => {
      const work = FUNCTIONS[name] ?? (() => undefined);
      const slow = UNITS.filter((unit) => {
        const textOf = (length: number) => `1${unit.repeat(length / unit.length)}x`;
        return tooLongAt(work, textOf) !== undefined;
      });
      expect(slow).toEqual([]);
    },
    120_000,
  );
});

it('knows each kind of value that has a mask', () => {
  const kindsOf = (fields: readonly FieldKey[]) => new Set(fields.map((field) => FIELDS[field].kind));
  expect(kindsOf(MASKED)).toEqual(kindsOf(FIELD_KEYS.filter(isMaskable)));
});

import { describe, expect, it } from 'vitest';
import { words as english } from '#src/kiosk/locales/en.ts';
import { words as chinese } from '#src/kiosk/locales/zh-CN.ts';
import { createSentences } from '#tests/support/sentences.ts';

const { says, all, unsaid } = createSentences<typeof chinese>();

const NOTICE = 'https://qingyu.example/privacy';

says((t) => t.privacy.more, [NOTICE], `完整说明：${NOTICE}`, `The full notice: ${NOTICE}`);
says((t) => t.idle.countdown, [1], '1 秒后将清除屏幕', 'The screen is cleared in 1 second');
says((t) => t.idle.countdown, [20], '20 秒后将清除屏幕', 'The screen is cleared in 20 seconds');
says((t) => t.reader.keysIn, [1, 0], '1 个字符，用时 0 毫秒', '1 character in 0 ms');
says((t) => t.reader.keysIn, [8, 35], '8 个字符，用时 35 毫秒', '8 characters in 35 ms');

describe('what a kiosk says with values', () => {
  it.each(all)('is $chinese', ({ say, chinese: sentence }) => {
    expect(say(chinese)).toBe(sentence);
  });

  it.each(all)('is $english', ({ say, english: sentence }) => {
    expect(say(english)).toBe(sentence);
  });

  it.each([
    ['zh-CN', chinese],
    ['en', english],
  ])('has its sentence above, whichever it is: %s', (_locale, words) => {
    expect(unsaid(words)).toEqual([]);
  });
});

describe('the kiosk’s languages', () => {
  it('leave nothing unsaid, and hold no Chinese in English but the way to it', () => {
    const { language, ...rest } = english;
    expect(language).toBe('中文');
    expect(JSON.stringify(rest)).not.toMatch(/\p{Script=Han}/u);
    for (const words of [chinese, english]) expect(JSON.stringify(words)).not.toContain('""');
  });
});

import { describe, expect, it } from 'vitest';
import { messages as english } from '#src/locales/en.ts';
import { messages as chinese } from '#src/locales/zh-CN.ts';
import { createSentences } from '#tests/support/sentences.ts';

const { says, all, unsaid } = createSentences<typeof chinese>();

const SCHOOL = '信息中心 0510-5550 1234';

says((t) => t.app.contact, [SCHOOL], `需要帮助？${SCHOOL}`, `Need help? ${SCHOOL}`);
says((t) => t.session.signedInAs, ['Staff'], '当前身份：Staff', 'Signed in: Staff');
says((t) => t.session.signedInBy, ['张伟'], '当前用户：张伟', 'Signed in: 张伟');
says((t) => t.results.count, [1], '找到 1 人', '1 person found');
says((t) => t.results.count, [2], '找到 2 人', '2 people found');
says((t) => t.results.countShown, [0, 12], '共 12 人，符合筛选 0 人', '0 of 12 people match the filters');
says((t) => t.results.nobody, ['张小明'], '没有找到“张小明”', 'No one found for “张小明”');
says(
  (t) => t.results.nobodyEither,
  ['张小明'],
  '也查了“张小明”，同样没有。',
  'Nor for “张小明”, which was looked up as well.',
);
says(
  (t) => t.results.contains.space,
  [],
  '里面有空格：如果学校登记时没有空格，请去掉再查',
  'It contains a space: if the school recorded none, leave it out',
);
says(
  (t) => t.results.contains.dot,
  ['・'],
  '里面有间隔点 ・：学校登记的可能是另一种点',
  'It contains the dot ・: the school may have recorded another one',
);
says(
  (t) => t.results.contains.apostrophe,
  ['’'],
  '里面有撇号 ’：学校登记的可能是另一种撇号',
  'It contains ’: the school may have recorded another apostrophe',
);
says(
  (t) => t.results.contains.hyphen,
  ['‐'],
  '里面有连字符 ‐，不是键盘上的“-”',
  'It contains the hyphen ‐, which is not the keyboard’s “-”',
);
says(
  (t) => t.results.contains.accent,
  ['é ü'],
  '里面有带符号的字母 é ü：学校登记时可能没有符号',
  'It contains é ü: the school may have recorded the letter without its mark',
);
says(
  (t) => t.results.contains.compatibility,
  ['⼀'],
  '里面有兼容字 ⼀：看起来一样，编码和常用字不同',
  'It contains ⼀: the usual character only looks like it',
);
says(
  (t) => t.results.contains.invisible,
  [],
  '里面有看不见的字符：请重新输入，不要粘贴',
  'It contains characters that cannot be seen: type it rather than paste it',
);
says(
  (t) => t.results.contains['letter-case'],
  ['REAL'],
  '卡号里的字母分大小写，请核对：REAL',
  'Capital and small letters of a card number differ; please check: REAL',
);
says(
  (t) => t.results.foundAs,
  ['张小明', '-'],
  '按“张小明”找到，与输入的写法不同：-',
  'Found as “张小明”, which differs from what was typed: -',
);
says(
  (t) => t.results.foundAs,
  ['张小明', ''],
  '按“张小明”找到，与输入的写法不同',
  'Found as “张小明”, which differs from what was typed',
);
says((t) => t.member.valid, ['2027'], '有效期至 2027', 'Valid until 2027');
says((t) => t.member.hiddenIn, [1], '1 秒后自动隐藏', 'Hidden again in 1 s');
says((t) => t.member.copy, ['E-mail'], '复制E-mail', 'Copy: E-mail');
says((t) => t.member.copied, ['E-mail'], '已复制E-mail', 'Copied: E-mail');
says((t) => t.failure.retryAt, ['12:31'], '12:31 之后可以继续。', 'You can go on after 12:31.');
says((t) => t.failure.requestId, ['req-8f3a21'], '请求编号 req-8f3a21', 'Request req-8f3a21');
says((t) => t.failure.platformCode, [40001], '平台代码 40001', 'Platform code 40001');
says((t) => t.failure.contact, [SCHOOL], `请联系：${SCHOOL}`, `Please contact: ${SCHOOL}`);
says((t) => t.values.grade, ['2021'], '2021级', 'Entered 2021');
says((t) => t.values.grade, ['大三'], '大三', '大三');
says((t) => t.values.date, [2027, 6, 30], '2027年6月30日', '30 Jun 2027');
says((t) => t.values.date, [2026, 1, 5], '2026年1月5日', '5 Jan 2026');
says((t) => t.values.date, [2026, 12, 31], '2026年12月31日', '31 Dec 2026');
says((t) => t.values.dateTime, ['30 Jun 2027', '08:30'], '30 Jun 2027 08:30', '30 Jun 2027, 08:30');
says((t) => t.settings.textSizeValue, [20], '20 像素', '20 pixels');
says((t) => t.verify.ask, ['ID'], '请对方说出ID的最后四位', 'Ask for the last four of: ID');
says((t) => t.reason.title, ['ID'], '为什么要看ID？', 'Why do you need to see this? (ID)');

describe('a message with values', () => {
  it.each(all)('says $chinese', ({ say, chinese: sentence }) => {
    expect(say(chinese)).toBe(sentence);
  });

  it.each(all)('says $english', ({ say, english: sentence }) => {
    expect(say(english)).toBe(sentence);
  });

  it.each([
    ['zh-CN', chinese],
    ['en', english],
  ])('has its sentence above, whichever it is: %s', (_locale, messages) => {
    expect(unsaid(messages)).toEqual([]);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, linksOf, nodesOf, parseMarkdown } from '#tests/support/markdown.ts';
import { differences } from '#tests/support/translation.ts';

const TRANSLATIONS = ['.', 'docs']
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((path) => path.endsWith('.zh-CN.md'));

const originalOf = (translation: string) => translation.replace('.zh-CN.md', '.md');
const read = (path: string) => ({ path, text: readFileSync(path, 'utf8') });

describe.each(TRANSLATIONS)('%s', (translation) => {
  const original = originalOf(translation);

  it('is in step with its original', async () => {
    expect((await differences(read(original), read(translation))).join('\n')).toBe('');
  });

  it('and its original link to each other', async () => {
    expect(linksOf(await parseMarkdown(read(original).text))).toContain(basename(translation));
    expect(linksOf(await parseMarkdown(read(translation).text))).toContain(basename(original));
  });

  it('shows no asterisks: beside full-width punctuation, bold needs a space', async () => {
    const texts = [...nodesOf(await parseMarkdown(read(translation).text))].filter(
      ({ type }) => type === 'text',
    );
    expect(texts.map(({ value }) => value).filter((text) => text?.includes('**'))).toEqual([]);
  });

  it('leads to pages and headings that exist, in Chinese where they are', async () => {
    const links = linksOf(await parseMarkdown(read(translation).text)).filter(
      (link) => !/^[a-z]+:/.test(link) && link !== basename(original),
    );
    for (const link of links) {
      const [page = '', anchor] = link.split('#');
      const path = page === '' ? translation : join(translation, '..', page);
      expect(existsSync(path), link).toBe(true);
      if (anchor !== undefined)
        expect(anchorsOf(await parseMarkdown(read(path).text))).toContain(decodeURIComponent(anchor));
      if (!page.endsWith('.zh-CN.md'))
        expect(TRANSLATIONS, link).not.toContain(path.replace(/\.md$/, '.zh-CN.md'));
    }
  });
});

describe('a translation that is out of step', () => {
  const compare = (english: string, chinese: string) =>
    differences({ path: 'page.md', text: english }, { path: 'page.zh-CN.md', text: chinese });

  it.each([
    ['a heading is missing', '# One\n\n## Two\n', '# 一\n', 'heading of level 2 became the end'],
    [
      'a heading has another level',
      '# One\n\n## Two\n',
      '# 一\n\n### 二\n',
      'heading of level 2 became heading of level 3',
    ],
    ['a heading is new', '# One\n', '# 一\n\n## 二\n', 'the end became heading of level 2'],
    ['a row is missing', '| a |\n| - |\n| b |\n', '| 甲 |\n| - |\n', 'table row of 1 cells became the end'],
    [
      'a column is missing',
      '| a | b |\n| - | - |\n',
      '| 甲 |\n| - |\n',
      'table row of 2 cells became table row of 1 cells',
    ],
    ['a list item is missing', '- one\n- two\n', '- 一\n', 'list item became the end'],
    ['a paragraph is missing', 'One.\n\nTwo.\n', '一。\n', 'paragraph became the end'],
    ['a block of code is missing', '```sh\nnpm start\n```\n', '运行。\n', 'block of sh became paragraph'],
    [
      'a command is another',
      '```sh\nnpm start # go\n```\n',
      '```sh\nnpm test # 走\n```\n',
      'block of sh lacks npm start, adds npm test',
    ],
    ['a setting has another name', 'Set `PORT`.\n', '设置 `HOST`。\n', 'paragraph lacks `PORT`, adds `HOST`'],
    [
      'a setting in a row is missing',
      '| `PORT`, `HOST` |\n| - |\n',
      '| `PORT` |\n| - |\n',
      'table row of 1 cells lacks `HOST`',
    ],
    ['a link leads elsewhere', '[it](a.md)\n', '[它](b.zh-CN.md)\n', 'paragraph lacks a.md, adds b.md'],
    [
      'a link has lost its heading',
      '[it](a.md#there)\n',
      '[它](a.zh-CN.md)\n',
      'paragraph lacks a.md#, adds a.md',
    ],
    ['a picture is another', '<img src="a.png">\n', '<img src="b.png">\n', 'html lacks a.png, adds b.png'],
    ['a figure has changed', 'For 180 days.\n', '保存 90 天。\n', 'paragraph lacks 180, adds 90'],
  ])('is told when %s', async (_, english, chinese, what) => {
    expect((await compare(english, chinese)).map((message) => message.split('\n')[0])).toEqual([what]);
  });

  it('is told with both lines', async () => {
    expect(await compare('# One\n\nSet `PORT`.\n', '# 一\n\n设置 `HOST`。\n')).toEqual([
      'paragraph lacks `PORT`, adds `HOST`\n  page.md:3: Set `PORT`.\n  page.zh-CN.md:3: 设置 `HOST`。',
    ]);
  });

  it('is told section by section', async () => {
    const english = '# One\n\n- a\n- b\n\n## Two\n\nSet `PORT`.\n';
    expect(await compare(english, '# 一\n\n- 甲\n\n## 二\n\n设置 `HOST`。\n')).toHaveLength(2);
  });

  it.each([
    ['the order of names in a sentence', '`A` before `B` of 3.\n', '3 个里，`B` 在 `A` 之后。\n'],
    ['what a placeholder is called', '`who <card number>`\n', '`who <卡号>`\n'],
    ['comments in code', '```sh\nnpm start # go\n```\n', '```sh\nnpm start  # 走\n```\n'],
    ['words in quotes', '```sh\nenrol --name "Library hall"\n```\n', '```sh\nenrol --name "图书馆"\n```\n'],
    ['drawings', '```\nbrowser → relay\n```\n', '```\n浏览器 → 中继\n```\n'],
    ['the language of a linked page', '[it](a.md#there)\n', '[它](a.zh-CN.md#那里)\n'],
  ])('is not told for %s', async (_, english, chinese) => {
    expect(await compare(english, chinese)).toEqual([]);
  });
});

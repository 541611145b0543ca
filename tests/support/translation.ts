import { linksOf, nodesOf, parseMarkdown, type MarkdownNode } from './markdown.ts';

export interface Page {
  /** How messages call it. */
  path: string;
  text: string;
}

/** A heading, table row, list item, paragraph or block of code. */
interface Part {
  kind: string;
  line: number;
  /** What a translation leaves as it is: code, links, figures. */
  names: Set<string>;
}

/**
 * Where a translation is out of step with its original, part by part. Drawings, comments in code, words in quotes and
 * the names of placeholders may differ.
 * @returns one message for each difference, with both lines.
 */
export async function differences(original: Page, translation: Page): Promise<string[]> {
  const ours = await sectionsOf(original);
  const theirs = await sectionsOf(translation);
  const headings = compareKinds(
    ours.map(([first]) => first),
    theirs.map(([first]) => first),
  );
  // Past a heading that is missing, each section would be compared with another.
  if (headings.length > 0) return headings;
  return ours.flatMap((section, index) => {
    const twin = theirs[index] ?? [];
    const kinds = compareKinds(section, twin);
    return kinds.length > 0 ? kinds : compareNames(section, twin);
  });

  function compareKinds(one: (Part | undefined)[], other: (Part | undefined)[]): string[] {
    const pairs = Array.from(
      { length: Math.max(one.length, other.length) },
      (_, i) => [one[i], other[i]] as const,
    );
    const [part, twin] = pairs.find(([part, twin]) => part?.kind !== twin?.kind) ?? [];
    if (part === twin) return [];
    return [describe(`${part?.kind ?? 'the end'} became ${twin?.kind ?? 'the end'}`, part, twin)];
  }

  function compareNames(one: Part[], other: Part[]): string[] {
    return one.flatMap((part, index) => {
      const twin = other[index] ?? part;
      const lacks = [...part.names].filter((name) => !twin.names.has(name)).map((name) => `lacks ${name}`);
      const adds = [...twin.names].filter((name) => !part.names.has(name)).map((name) => `adds ${name}`);
      if (lacks.length + adds.length === 0) return [];
      return [describe(`${part.kind} ${[...lacks, ...adds].join(', ')}`, part, twin)];
    });
  }

  function describe(what: string, part: Part | undefined, twin: Part | undefined): string {
    return `${what}\n  ${quote(original, part)}\n  ${quote(translation, twin)}`;
  }
}

function quote({ path, text }: Page, part: Part | undefined): string {
  if (part === undefined) return `${path}: nothing`;
  const line = text.split('\n')[part.line - 1] ?? '';
  return `${path}:${part.line}: ${line.replace(/\s+/g, ' ').trim().slice(0, 160)}`;
}

/** Each begins with its heading. */
async function sectionsOf({ text }: Page): Promise<Part[][]> {
  const sections: Part[][] = [];
  for (const part of partsOf(await parseMarkdown(text))) {
    if (sections.length === 0 || part.kind.startsWith('heading')) sections.push([]);
    sections.at(-1)?.push(part);
  }
  return sections;
}

function* partsOf(node: MarkdownNode): Generator<Part> {
  const { children = [], position } = node;
  const kind = kindOf(node);
  const holdsParts = kind === undefined || kind === 'list item';
  if (kind !== undefined)
    yield { kind, line: position.start.line, names: holdsParts ? new Set() : namesIn(node) };
  if (holdsParts) for (const child of children) yield* partsOf(child);
}

function kindOf({ type, children = [], depth, lang }: MarkdownNode): string | undefined {
  switch (type) {
    case 'heading':
      return `heading of level ${depth}`;
    case 'tableRow':
      return `table row of ${children.length} cells`;
    case 'listItem':
      return 'list item';
    case 'code':
      return lang ? `block of ${lang}` : 'drawing';
    case 'paragraph':
    case 'html':
      return type;
    default:
      return undefined;
  }
}

function namesIn(part: MarkdownNode): Set<string> {
  const names = [...nodesOf(part)].flatMap(({ type, value = '', lang }): string[] => {
    if (type === 'inlineCode') return [`\`${value.replace(PLACEHOLDER, '<…>')}\``];
    if (type === 'text') return value.match(/\d(?:[\d.,:/]*\d)?/g) ?? [];
    return type === 'code' && lang ? commandsIn(value) : [];
  });
  const links = linksOf(part).map((link) => link.replace('.zh-CN.md', '.md').replace(/#.*/, '#'));
  return new Set([...names, ...links]);
}

/** `<card number>` is `<卡号>` in a translation. */
const PLACEHOLDER = /<(?:[a-z ]+|\p{Script=Han}+)>/gu;

/** Lines of code, without comments and words in quotes. */
function commandsIn(code: string): string[] {
  return code
    .replace(/(^|\s)(#|\/\/) .*$/gm, '')
    .replace(/"[^"\n]*"/g, (quoted) => (/[\s\p{Script=Han}]/u.test(quoted) ? '"…"' : quoted))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

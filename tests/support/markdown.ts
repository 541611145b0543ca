import type { ParserOptions } from 'prettier';
import { parsers } from 'prettier/plugins/markdown';

/** A node of mdast, as Prettier's own parser gives it (tables and front matter included). */
export interface MarkdownNode {
  type: string;
  children?: MarkdownNode[];
  value?: string;
  url?: string;
  depth?: number;
  lang?: string | null;
  position: { start: { line: number } };
}

export async function parseMarkdown(text: string): Promise<MarkdownNode> {
  return (await parsers.markdown.parse(text, {} as ParserOptions)) as MarkdownNode;
}

export function* nodesOf(node: MarkdownNode): Generator<MarkdownNode> {
  yield node;
  for (const child of node.children ?? []) yield* nodesOf(child);
}

/** Addresses of links and pictures, those of HTML too. */
export function linksOf(node: MarkdownNode): string[] {
  return [...nodesOf(node)].flatMap(({ type, url, value = '' }) => {
    if (type === 'html') return [...value.matchAll(/\b(?:src|href)="([^"]*)"/g)].map(([, link = '']) => link);
    return url === undefined ? [] : [url];
  });
}

/** What can stand behind `#` in a link to this page: its headings, as GitHub names them. */
export function anchorsOf(page: MarkdownNode): string[] {
  return [...nodesOf(page)].filter(({ type }) => type === 'heading').map((heading) => slug(textOf(heading)));
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

function textOf(node: MarkdownNode): string {
  return [...nodesOf(node)].map(({ value }) => value ?? '').join('');
}

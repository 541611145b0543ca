import { readFileSync } from 'node:fs';

export interface Block {
  /** Of the section that it stands in. */
  heading: string;
  language: string;
  text: string;
}

/** The fenced blocks of a page, in their order. */
export function blocksOf(file: string): Block[] {
  const blocks: Block[] = [];
  let heading = '';
  for (const [, title, language = '', text = ''] of readFileSync(file, 'utf8').matchAll(
    /^#+ (.+)$|^```(\w+)\n([\s\S]*?)^```$/gm,
  )) {
    if (title === undefined) blocks.push({ heading, language, text });
    else heading = title;
  }
  return blocks;
}

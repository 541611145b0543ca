/** HTML that was made by `markup`, so that it is not escaped again. */
class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type { Markup };

/** A template whose values are escaped; a list of templates is joined. */
export function markup(parts: TemplateStringsArray, ...values: (string | Markup | Markup[])[]): Markup {
  const texts = values.map((value) => {
    if (Array.isArray(value)) return value.map(({ text }) => text).join('');
    return value instanceof Markup ? value.text : escape(value);
  });
  return new Markup(parts.reduce((page, part, place) => page + (texts[place - 1] ?? '') + part));
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
  :root { color-scheme: light dark; --ink: #17302f; --quiet: #52686a; --ground: #f3f6f5; --paper: #fff; --line: #d5dfde; --accent: #0f6b6f }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e6efee; --quiet: #a3b5b4; --ground: #10191a; --paper: #192425; --line: #324243; --accent: #6fcfcf }
  }
  * { box-sizing: border-box }
  body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.6 system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif }
  main { max-width: 34rem; margin: 0 auto; padding: 2rem 1rem 3rem }
  h1 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 .5rem }
  h2 { font-size: 1rem; margin: 2rem 0 .5rem }
  p { margin: 0 0 1rem; color: var(--quiet) }
  form { margin: 0 }
  .find { display: flex; flex-wrap: wrap; align-items: end }
  .find label { flex: 1 1 14rem; margin: 0 .5rem .5rem 0 }
  input, select { display: block; width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: .5rem }
  button { font: inherit; color: inherit; cursor: pointer }
  a { color: var(--accent) }
  .find button { min-height: 2.75rem; margin: 0 .5rem .5rem 0; padding: .5rem 1.25rem; color: var(--ground); background: var(--accent); border: 0; border-radius: .5rem }
  ul { list-style: none; margin: 0; padding: 0; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; overflow: hidden }
  li + li { border-top: 1px solid var(--line) }
  li button { display: flex; align-items: center; width: 100%; padding: .75rem; background: none; border: 0; text-align: left }
  .entry { padding: .5rem .75rem }
  li button:hover { background: var(--ground) }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: -3px }
  li img, li .blank { flex: none; width: 3rem; height: 3rem; margin-right: .75rem; border-radius: 50%; background: var(--line) }
  li span { display: block }
  li .more { color: var(--quiet); font-size: .875rem }
  code { font-size: .9em; overflow-wrap: anywhere }
`;

/** A page of the emulator: no script, no request but for its own pictures. */
export function page(title: string, body: Markup): string {
  return markup`<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/photos/badge.webp">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body><main>${body}</main></body>
</html>
`.text;
}

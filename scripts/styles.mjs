/**
 * Does any built style compute to nothing on the oldest engines that are promised? What an engine does not
 * know it drops, and with `var()` in it not even what stands before it holds. So whatever is newer than the
 * floor stands in an `@supports`, or behind an older declaration of the same property; or it is among those
 * whose loss nobody minds. What is newer is told by MDN's data.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import data from '@mdn/browser-compat-data/forLegacyNode';
import postcss from 'postcss';

const { css } = data;

const CLIENT = 'dist/client';
const FLOOR = { chrome: 64, safari_ios: 12 };

/** Without these a page only looks plainer. */
const ENHANCEMENTS = new Set([
  '-webkit-touch-callout',
  'accent-color',
  'color-scheme',
  'cursor',
  'forced-color-adjust',
  'font-variant-numeric',
  'line-break: anywhere',
  'overscroll-behavior',
  'resize',
  'scroll-behavior',
  'scroll-padding-bottom',
  'text-size-adjust',
  'text-underline-offset',
  'text-wrap',
  'touch-action',
  'user-select',
  '-webkit-user-select',
  'word-break: keep-all',
]);
/** An engine without it takes the older declaration beside it. */
const OLDER_TWINS = { 'overflow-wrap: anywhere': 'word-break: break-word' };
const UNITS = {
  viewport_percentage_units_dynamic: /[\d.]dv(?:h|w|i|b|min|max)\b/,
  viewport_percentage_units_large: /[\d.]lv(?:h|w|i|b|min|max)\b/,
  viewport_percentage_units_small: /[\d.]sv(?:h|w|i|b|min|max)\b/,
  container_query_length_units: /[\d.]cq(?:h|w|i|b|min|max)\b/,
  lh: /[\d.]r?lh\b/,
};

/**
 * @param {string} sheet CSS
 * @returns {string[]} a line for each declaration or selector that says nothing to the floor
 */
export function styleProblems(sheet) {
  const problems = [];
  const root = postcss.parse(sheet);
  root.walkDecls((declaration) => {
    const newer = newerIn(declaration);
    if (newer !== undefined && !isCovered(declaration, newer))
      problems.push(`${newer}: ${excerpt(declaration)}`);
  });
  // A list of selectors is dropped as a whole.
  root.walkRules(({ selectors, parent }) => {
    const newer = selectors.map(newerSelectorIn).filter(Boolean);
    if (newer.length === 0 || newer.length === selectors.length || isSupportsRule(parent)) return;
    problems.push(`:${newer[0]} takes its neighbours along: ${selectors.join(', ')}`);
  });
  return problems;
}

function newerIn({ prop, value }) {
  const data = css.properties[prop];
  if (data !== undefined && isNewer(data)) return prop;
  const keyword = value.split(/[\s,()]+/).find((word) => data?.[word] !== undefined && isNewer(data[word]));
  if (keyword !== undefined) return keyword;
  if (prop.endsWith('gap') && isNewer(css.properties.gap.flex_context)) return `${prop} in a flex box`;
  const called = [...value.matchAll(/([a-z][a-z-]*)\(/g)].map(([, name]) => name);
  const type = called.find((name) =>
    [css.types, css.types.color].some((all) => all[name] && isNewer(all[name])),
  );
  if (type !== undefined) return `${type}()`;
  return Object.keys(UNITS).find((unit) => UNITS[unit].test(value) && isNewer(css.types.length[unit]));
}

function newerSelectorIn(selector) {
  const names = [...selector.matchAll(/(?<!:):([a-z-]+)/g)].map(([, name]) => name);
  return names.find((name) => css.selectors[name] !== undefined && isNewer(css.selectors[name]));
}

function isCovered(declaration, newer) {
  const { prop, value, parent } = declaration;
  if (ENHANCEMENTS.has(prop) || ENHANCEMENTS.has(`${prop}: ${value}`)) return true;
  for (let at = parent; at !== undefined; at = at.parent)
    if (isSupportsRule(at) && asksFor(at, newer)) return true;
  if (prop.endsWith('gap') && parent.nodes.some((one) => one.prop === 'display' && /grid/.test(one.value)))
    return true;
  if (parent.nodes.some((one) => one.prop === `-webkit-${prop}`)) return true;
  const twin = OLDER_TWINS[`${prop}: ${value}`];
  if (twin !== undefined && parent.nodes.some((one) => `${one.prop}: ${one.value}` === twin)) return true;
  const before = parent.nodes.slice(0, parent.nodes.indexOf(declaration));
  return !value.includes('var(') && before.some((one) => one.prop === prop);
}

function isSupportsRule(node) {
  return node?.type === 'atrule' && node.name === 'supports';
}

/** With env() or var() in it, an engine that knows these says yes to any value. */
function asksFor({ params }, newer) {
  return newer === 'env()' || !/\b(?:env|var)\(/.test(params);
}

/** Not known to every engine of the floor, without a flag or a prefix. */
function isNewer(data) {
  const support = data.__compat?.support;
  if (support === undefined) return false;
  return Object.entries(FLOOR).some(([engine, version]) => {
    const statements = [support[engine] ?? []]
      .flat()
      .filter(({ flags, prefix, alternative_name: other }) => !flags && !prefix && !other);
    return !statements.some(
      ({ version_added: added }) => added && Number.parseFloat(String(added).replace('≤', '')) <= version,
    );
  });
}

function excerpt({ parent, prop, value }) {
  return `${parent.selector ?? ''} { ${prop}: ${value} }`.slice(0, 160);
}

/** The files, and what the page holds itself. */
function builtSheets() {
  const files = readdirSync(CLIENT, { recursive: true }).filter((name) => name.endsWith('.css'));
  const page = readFileSync(join(CLIENT, 'index.html'), 'utf8');
  return [
    ...files.map((name) => readFileSync(join(CLIENT, name), 'utf8')),
    ...[...page.matchAll(/<style[^>]*>([^]*?)<\/style>/g)].map(([, sheet]) => sheet),
  ];
}

if (import.meta.filename === process.argv[1]) {
  const sheets = builtSheets();
  if (sheets.length < 2) throw new Error('The built styles are not where they are looked for.');
  const problems = sheets.flatMap(styleProblems);
  process.stdout.write(problems.map((problem) => `  ${problem}\n`).join(''));
  if (problems.length > 0) process.exitCode = 1;
}

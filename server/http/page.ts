import { createHash } from 'node:crypto';
import type { AppConfig } from '#contract/app-config.ts';

const CONFIG_SCRIPT = /(<script\b[^>]*\bid="app-config"[^>]*>)[^]*?(<\/script>)/;
const BASE = /<base\b[^>]*>/;
const HEAD = /<head\b[^>]*>/;

/**
 * The built page with the app's settings and the path that it is served under filled in.
 *
 * @param basePath begins and ends with a slash
 */
export function fillPage(page: string, config: AppConfig, basePath: string): string {
  const base = `<base href="${basePath}">`;
  const based = BASE.test(page)
    ? page.replace(BASE, () => base)
    : page.replace(HEAD, (head) => `${head}${base}`);
  return based.replace(
    CONFIG_SCRIPT,
    (_all, open: string, close: string) => open + jsonInScript(config) + close,
  );
}

/** No text inside may end the script element. */
function jsonInScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** CSP hash sources of what the page has inline. A data block (`type="application/json"`) is not run and needs none. */
export function inlineHashes(page: string): { scripts: string[]; styles: string[] } {
  const scripts = [...page.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/g)]
    .filter(([, attributes = '']) => !/\bsrc=|\btype="application\/(ld\+)?json"/.test(attributes))
    .map(([, , text = '']) => hashSource(text));
  const styles = [...page.matchAll(/<style\b[^>]*>([^]*?)<\/style>/g)].map(([, text = '']) =>
    hashSource(text),
  );
  return { scripts, styles };
}

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

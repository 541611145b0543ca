import { isRecord, tryJson } from '#contract/json.ts';
import { keepChoice } from '../browser/storage.ts';

const KEY = 'wecard-lookup:appearance';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** What the browser draws by itself before the first styles, and whether it may darken the page. */
const SCHEMES: Readonly<Record<Theme, string>> = {
  system: 'light dark',
  light: 'only light',
  dark: 'dark',
};

/** How the viewer wants the app to look on this device. */
export interface Appearance {
  theme: Theme;
  /** The smallest text in large mode (长辈版), in pixels of the browser's default of 16; undefined: large mode is off. */
  textSize: number | undefined;
}

/** What the ministry's guide for the elderly asks for: 18 px at least, adjustable to 30. */
export const TEXT_SIZES = { smallest: 18, first: 20, largest: 30, step: 2 } as const;

/** What every browser starts with; a viewer who has chosen another keeps the proportion. */
const BROWSER_TEXT = 16;

export function readAppearance(storage: Storage | undefined): Appearance {
  const raw = tryJson(storage?.getItem(KEY) ?? '');
  const { theme, textSize } = isRecord(raw) ? raw : {};
  const { smallest, largest } = TEXT_SIZES;
  const isSize = typeof textSize === 'number' && textSize >= smallest && textSize <= largest;
  return {
    theme: THEMES.find((known) => known === theme) ?? 'system',
    textSize: isSize ? textSize : undefined,
  };
}

export function keepAppearance(storage: Storage | undefined, appearance: Appearance): void {
  keepChoice(storage, KEY, JSON.stringify(appearance));
}

/**
 * Gives the page its theme and text size. Text grows by the root's size in percent, so that whatever the browser or the
 * host app has enlarged stays enlarged by as much.
 */
export function applyAppearance(page: Document, { theme, textSize }: Appearance): void {
  const root = page.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  page.querySelector('meta[name="color-scheme"]')?.setAttribute('content', SCHEMES[theme]);
  applyBrowserColour(page, theme);
  root.classList.toggle('large', textSize !== undefined);
  root.style.fontSize = textSize === undefined ? '' : `${(textSize / BROWSER_TEXT) * 100}%`;
}

/** The colour around the page: one `meta` for each theme, and the right one counts. */
function applyBrowserColour(page: Document, theme: Theme): void {
  const metas = page.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]');
  (['light', 'dark'] as const).forEach((scheme, index) => {
    const isChosen = theme === scheme;
    const media = theme === 'system' ? `(prefers-color-scheme: ${scheme})` : isChosen ? 'all' : 'not all';
    metas[index]?.setAttribute('media', media);
  });
}

/**
 * What runs before the app: the build puts it into the page's head as a script of its own, so that the
 * first paint already wears the viewer's choices, and what is typed, submitted and tapped counts
 * from the moment that the box is there. Small, and without what the oldest engines lack: no polyfill is there yet.
 */
import { chooseLocale, keptLocale } from '../i18n/locale.ts';
import { storageOf } from '../platform/page-cards.ts';
import { wearAccent } from '../theme/wear-accent.ts';
import { BROWSER } from '../webview/host.ts';
import { fetchApp } from './app-files.ts';
import { readConfig } from './config.ts';
import { dressScreen } from './dress.ts';
import { fit } from './fit.ts';
import { createFound } from './found/found.ts';
import type { HandOver } from './hand-over.ts';
import { surfaceOf } from './surface.ts';
import { boxIn, watchVisit } from './visit.ts';

/** Hides the screen that the page holds where another is wanted. */
const ELSEWHERE = 'is-elsewhere';
/** Hides of it what the settings decide, until they are in there. */
const UNDRESSED = 'is-undressed';
/** Until then, what the app around the page shows itself. */
const TITLED = 'is-titled';

const config = readConfig(document.getElementById('app-config')?.textContent ?? '', import.meta.env);
const surface = surfaceOf(config.surface, document.baseURI, location.href);
const storage = storageOf(window, 'localStorage');
const isPhone = surface === 'phone';
const locale = chooseLocale(config.locale, navigator.languages, isPhone ? keptLocale(storage) : undefined);
wearAccent(document, config.school.accent);
const host = isPhone ? fit(window, config, storage) : BROWSER;
// As the build rendered it: see `scripts/vite/prerender/`.
const holdsScreen = isPhone && locale === 'zh-CN' && location.pathname === new URL(document.baseURI).pathname;
// By `base.css`, until the page is complete.
const { classList } = document.documentElement;
classList.add(UNDRESSED);
classList.toggle(ELSEWHERE, !holdsScreen);
classList.toggle(TITLED, host.hasTitleBar);
const visit = watchVisit(window, config, createFound(document));
let isPrerendered = false;

const handOver: HandOver = {
  config,
  surface,
  locale,
  host,
  dress() {
    classList.remove(ELSEWHERE, UNDRESSED, TITLED);
    const root = document.getElementById('app');
    if (!root?.hasChildNodes()) return;
    isPrerendered = holdsScreen;
    if (holdsScreen) dressScreen(root, config, host);
    else root.textContent = '';
  },
  isPrerendered: () => isPrerendered,
  takeOver: () => ({ typed: boxIn(document)?.value, ...visit.end() }),
  notLoaded(address = location.href) {
    const notice = document.getElementById('not-loaded');
    const button = notice?.querySelector('button');
    notice?.removeAttribute('hidden');
    if (button) button.onclick = () => location.assign(address);
  },
};
window.wecardLookup = handOver;
fetchApp(window, holdsScreen, () => visit.search()?.begun);

// A script that cannot be fetched tells only those who listen on the way down.
window.addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLScriptElement) handOver.notLoaded();
  },
  true,
);

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

const config = readConfig(document.getElementById('app-config')?.textContent ?? '', import.meta.env);
const surface = surfaceOf(config.surface, document.baseURI, location.href);
const storage = storageOf(window, 'localStorage');
const isPhone = surface === 'phone';
const locale = chooseLocale(config.locale, navigator.languages, isPhone ? keptLocale(storage) : undefined);
wearAccent(document, config.school.accent);
const host = isPhone ? fit(window, config, storage) : BROWSER;
const visit = watchVisit(window, config, createFound(document));
let isScreen = false;

const handOver: HandOver = {
  config,
  surface,
  locale,
  host,
  dress() {
    const root = document.getElementById('app');
    if (!root?.hasChildNodes()) return;
    // As the build rendered it: see `scripts/vite/prerender/`.
    isScreen = isPhone && locale === 'zh-CN' && location.pathname === new URL(document.baseURI).pathname;
    if (isScreen) dressScreen(root, config, host);
    else root.textContent = '';
  },
  isPrerendered: () => isScreen,
  takeOver: () => ({ typed: boxIn(document)?.value, ...visit.end() }),
  notLoaded(address = location.href) {
    const notice = document.getElementById('not-loaded');
    const button = notice?.querySelector('button');
    notice?.removeAttribute('hidden');
    if (button) button.onclick = () => location.assign(address);
  },
};
window.wecardLookup = handOver;
fetchApp(window, handOver.isPrerendered, () => visit.search()?.begun);

// A script that cannot be fetched tells only those who listen on the way down.
window.addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLScriptElement) handOver.notLoaded();
  },
  true,
);

/**
 * What runs before the app: the build puts it into the page's head as a script of its own, so that the
 * first paint already has the viewer's theme, text size and school's colour, and what is typed and
 * submitted counts from the moment that the box is there. Small, and without what the oldest engines
 * lack: no polyfill is there yet.
 */
import { BROWSER, detectHost, hideShareMenu } from '../browser/host.ts';
import { storageOf } from '../browser/storage.ts';
import { chooseLocale, keptLocale } from '../locales/locale.ts';
import { applyAccent } from '../theme/accent.ts';
import { applyAppearance, readAppearance } from '../theme/appearance.ts';
import type { BootState } from './boot-state.ts';
import { isSearchScreen, readConfig, surfaceOf } from './config.ts';
import { watchInput } from './early-input.ts';

const config = readConfig(document.getElementById('app-config')?.textContent ?? '', import.meta.env);
const surface = surfaceOf(config.surface, document.baseURI, location.href);
const storage = storageOf(window, 'localStorage');
const isPhone = surface === 'phone';
const locale = chooseLocale(config.locale, navigator.languages, isPhone ? keptLocale(storage) : undefined);
const host = isPhone ? findHost() : BROWSER;
const isPrerendered = isPhone && locale === 'zh-CN' && isSearchScreen(document.baseURI, location.href);

applyAccent(document, config.school.accent);
if (isPhone) applyAppearance(document, readAppearance(storage));
const { classList } = document.documentElement;
classList.toggle('has-title-bar', host.hasTitleBar);
// Of another screen, or in another language, what was prerendered is not shown; the app takes it away.
classList.toggle('is-elsewhere', !isPrerendered);

function findHost() {
  const found = detectHost({
    userAgent: navigator.userAgent,
    environment: '__wxjs_environment' in window ? window.__wxjs_environment : undefined,
    embed: config.embed,
    savesFiles: 'download' in HTMLAnchorElement.prototype,
  });
  if (found.kind !== 'browser' && found.kind !== 'app') hideShareMenu(window);
  return found;
}

function showNotLoaded(address = location.href) {
  const notice = document.getElementById('not-loaded');
  const button = notice?.querySelector('button');
  notice?.removeAttribute('hidden');
  if (button) button.onclick = () => location.assign(address);
}

// A file that cannot be fetched tells only those who listen on the way down.
window.addEventListener('error', tellNotLoaded, true);
function tellNotLoaded({ target }: Event) {
  if (target instanceof HTMLScriptElement || target instanceof HTMLLinkElement) showNotLoaded();
}

const bootState: BootState = {
  config,
  surface,
  locale,
  host,
  isPrerendered,
  takeInput: watchInput(document),
  showNotLoaded,
  endFileWatch: () => window.removeEventListener('error', tellNotLoaded, true),
};
window.wecardLookup = bootState;

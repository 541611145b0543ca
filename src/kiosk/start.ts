import './kiosk.css';
import { withinBounds } from '#contract/kiosk-bounds.ts';
import type { Services } from '../services.ts';
import type { Locale } from '../locales/locale.ts';
import { keepAlive } from './watchdog/watchdog.ts';
import { mountVisit } from './visit/visit-app.ts';
import { wipeVisitor } from './visit/wipe.ts';
import { loadLanguage } from './words.ts';

/** Nobody signs in at a kiosk: an operator enrols the device again. */
const ENROLMENT = 'kiosk/enrol';
/** What an operator adds to the kiosk's address to try its reader. */
const READER = '#reader';

/** What belongs to the machine, and stays while visitors come and go. */
export async function startKiosk(services: Services, locale: Locale, host: HTMLElement): Promise<void> {
  const config = { ...services.config, kiosk: withinBounds(services.config.kiosk) };
  const language = await loadLanguage(locale);
  let isWhole = true;
  const kioskServices = {
    ...services,
    config,
    signInAddress: () => (config.relay ? ENROLMENT : ''),
    showNotLoaded: () => (isWhole = false),
  };
  let current = mount();
  // It stands; what does not come from here on, each visit tells by itself.
  document.getElementById('not-loaded')?.setAttribute('hidden', '');
  window.addEventListener('hashchange', () => {
    if (location.hash === READER) nextVisit();
  });

  function mount() {
    const start = location.hash === READER ? 'reader' : 'attract';
    // Once: whoever comes next looks people up.
    if (start === 'reader') history.replaceState(history.state, '', location.pathname + location.search);
    return mountVisit({ services: kioskServices, language, host, start, end: nextVisit });
  }

  function nextVisit(): void {
    current.takeDown();
    wipeVisitor(window);
    current = mount();
  }

  void keepAlive({
    page: window,
    now: services.now,
    isIdle: () => current.isIdle(),
    isWhole: () => isWhole,
    restart: nextVisit,
  });
}

import './kiosk.css';
import { withinBounds } from '#contract/kiosk-bounds.ts';
import type { Services } from '../app/services.ts';
import type { Locale } from '../i18n/locale.ts';
import { wearAccent } from '../theme/wear-accent.ts';
import { keepAlive } from './alive/keep-alive.ts';
import { mountVisit } from './visit/visit-app.ts';
import { wipeVisitor } from './visit/wipe.ts';
import { loadLanguage } from './words.ts';

/** Nobody signs in at a kiosk: an operator enrols the device again. */
const ENROLMENT = 'kiosk/enrol';

/** What belongs to the machine, and stays while visitors come and go. */
export async function startKiosk(services: Services, locale: Locale, host: HTMLElement): Promise<void> {
  const config = { ...services.config, kiosk: withinBounds(services.config.kiosk) };
  wearAccent(document, config.school.accent);
  const language = await loadLanguage(locale);
  const kioskServices = { ...services, config, signInAddress: () => ENROLMENT };
  let current = mount();

  function mount() {
    return mountVisit({ services: kioskServices, language, host, end: nextVisit });
  }

  function nextVisit(): void {
    current.takeDown();
    wipeVisitor(window);
    current = mount();
  }

  await keepAlive({
    page: window,
    now: services.now,
    isIdle: () => current.isIdle(),
    restart: nextVisit,
  });
}

import type { AppConfig } from '#contract/app-config.ts';
import type { Host } from '../webview/host.ts';

/** Stands in the prerendered page for the school's contact. */
export const CONTACT_PLACEHOLDER = '{contact}';

/**
 * Puts the settings into the prerendered search screen, as `PageBand.vue`, `PageFooter.vue` and
 * `SearchView.vue` render them. Only texts and attributes change, so that the app finds the elements
 * that it expects.
 */
export function dressScreen(root: HTMLElement, { school, demo, relay }: AppConfig, host: Host): void {
  part('.search__title', (title) => title.classList.toggle('sr-only', host.hasTitleBar));
  part('.band__name', (name) => {
    if (school.name !== '') name.textContent = school.name;
  });
  part('.band__logo', (logo) => {
    logo.hidden = school.logo === '';
    if (school.logo !== '') logo.setAttribute('src', school.logo);
  });
  part('.band__demo', (mark) => (mark.hidden = !demo));
  part('.footer__session', (session) => (session.hidden = !relay));
  part('.footer__contact', (contact) => {
    contact.hidden = school.contact === '';
    contact.textContent = contact.textContent.replace(CONTACT_PLACEHOLDER, () => school.contact);
  });
  part('.footer__privacy', (privacy) => (privacy.hidden = school.privacyUrl === ''));
  part('.footer__link', (link) => link.setAttribute('href', school.privacyUrl));

  function part(selector: string, change: (element: HTMLElement) => void) {
    const element = root.querySelector<HTMLElement>(selector);
    if (element === null) throw new Error(`The prerendered page has no ${selector}`);
    change(element);
  }
}

import type { Kiosk } from '../kiosk.ts';

export const STAFF_CODE = 'STAFF-9931';

type Ending = (kiosk: Kiosk) => Promise<void>;

const press: Ending = (kiosk) =>
  kiosk.end
    .or(kiosk.page.getByRole('button', { name: 'End' }))
    .first()
    .click();
const staff: Ending = (kiosk) => kiosk.scan(STAFF_CODE);
/** The visitor walks off: 45 seconds to the warning, and 20 more. */
const idle: Ending = ({ page }) => page.clock.runFor(66_000);

const leave: Ending = ({ page }) =>
  page.evaluate(() => {
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  });

const hide: Ending = ({ page }) =>
  page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    Reflect.deleteProperty(document, 'hidden');
  });

/** How visits end, as often as each is likely; a prime number of them, so that every kind of visit ends in each way. */
export const ENDINGS: readonly Ending[] = [
  press,
  hide,
  press,
  leave,
  press,
  staff,
  press,
  idle,
  hide,
  staff,
  leave,
];

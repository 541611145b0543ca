import { PEOPLE } from '#emulator/campus/people.ts';
import { installClock } from './clock.ts';
import type { Kiosk } from './kiosk.ts';

/** What stands behind the kiosk. */
export interface Backstage {
  /** Sets the emulator (docs/emulator.md). */
  setEmulator: (settings: object) => Promise<void>;
}

/** Every screen of the kiosk, and what a visitor does from the attract screen to come to it. */
export const KIOSK_SCREENS: Readonly<Record<string, (kiosk: Kiosk, stage: Backstage) => Promise<void>>> = {
  attract: () => Promise.resolve(),
  number: async (kiosk) => {
    await kiosk.byNumber.click();
    await kiosk.type('0730');
  },
  problem: async (kiosk) => {
    await kiosk.byNumber.click();
    await kiosk.press(kiosk.names.confirm);
  },
  pinyin: async (kiosk) => {
    await kiosk.byName.click();
    await kiosk.type('zhangwei');
    await kiosk.key('张').waitFor();
  },
  latin: async (kiosk) => {
    await kiosk.byNumber.click();
    await kiosk.press(kiosk.names.latin);
    await kiosk.type('real');
  },
  results: (kiosk) => searchZhangWei(kiosk),
  beside: async (kiosk) => {
    await searchZhangWei(kiosk);
    await kiosk.cards.nth(1).click();
    await kiosk.heading.filter({ hasText: '张伟' }).waitFor();
  },
  member: async (kiosk) => {
    const { card_number: cardNumber, name } = PEOPLE.everyField.fields;
    await kiosk.scan(cardNumber);
    await kiosk.heading.filter({ hasText: name }).waitFor();
  },
  nobody: async (kiosk) => {
    await kiosk.scan('99999999');
    await kiosk.page.getByRole('status').filter({ hasText: '99999999' }).waitFor();
  },
  loading: async (kiosk, { setEmulator }) => {
    await setEmulator({ faults: [{ endpoint: 'search', delayMs: 2_000, times: 'always' }] });
    await kiosk.scan('07302590');
    await kiosk.page.getByText(/^(正在查询|Searching)…$/).waitFor();
    await setEmulator({ reset: true });
  },
  failed: async (kiosk, { setEmulator }) => {
    await setEmulator({ faults: [{ endpoint: 'search', kind: 'html', times: 'always' }] });
    await kiosk.scan('07302590');
    await kiosk.page.getByRole('alert').waitFor();
    await setEmulator({ reset: true });
  },
  offline: async (kiosk) => {
    await kiosk.page.context().setOffline(true);
    await kiosk.scan('07302590');
    await kiosk.page.getByRole('alert').waitFor();
  },
  foreign: async (kiosk) => {
    await kiosk.scan('http://wx.url.cn/v002.1015730314.Xk39');
    await kiosk.page.getByRole('dialog').waitFor();
  },
  privacy: async (kiosk) => {
    await kiosk.page.getByRole('button', { name: kiosk.names.privacy }).click();
    await kiosk.page.getByRole('dialog').waitFor();
  },
  // Last: whoever comes after it has its clock too.
  idle: async (kiosk) => {
    await installClock(kiosk.page);
    await kiosk.page.reload();
    await kiosk.byNumber.click();
    await kiosk.type('07302590');
    await kiosk.press(kiosk.names.confirm);
    await kiosk.heading.filter({ hasText: '沈青禾' }).waitFor();
    await kiosk.page.clock.runFor(46_000);
    await kiosk.page.getByRole('alertdialog').waitFor();
  },
};

async function searchZhangWei(kiosk: Kiosk): Promise<void> {
  await kiosk.byName.click();
  await kiosk.type('zhangwei');
  await kiosk.press('张', '伟', kiosk.names.confirm);
  await kiosk.cards.first().waitFor();
}

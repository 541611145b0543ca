import { PEOPLE } from '#emulator/campus/people.ts';
import { holdTime, installClock, stopClock } from './clock.ts';
import { holdNextAnswer } from './held-answer.ts';
import type { Kiosk } from './kiosk.ts';
import type { Stage } from './stage.ts';

/** What stands behind the kiosk. */
export type Backstage = Pick<Stage, 'setEmulator'>;

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
  loading: async (kiosk) => {
    await holdNextAnswer(kiosk.page);
    await kiosk.scan('07302590');
    await kiosk.page.getByText(/^(正在查询|Searching)…$/).waitFor();
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
    await kiosk.byNumber.waitFor();
    await stopClock(kiosk.page);
    await kiosk.byNumber.click();
    await kiosk.type('07302590');
    await kiosk.press(kiosk.names.confirm);
    await kiosk.heading.filter({ hasText: '沈青禾' }).waitFor();
    await kiosk.page.clock.runFor(46_000);
    await kiosk.page.getByRole('alertdialog').waitFor();
    await holdTime(kiosk.page);
  },
};

/** What a device shows that is no kiosk yet. */
export const KIOSK_ENROLMENT_SCREENS: Readonly<
  Record<string, (kiosk: Kiosk, stage: Pick<Stage, 'stranger'>) => Promise<void>>
> = {
  'not-enrolled': async ({ page }, { stranger }) => {
    await page.goto(`${stranger}kiosk`);
    await page.getByRole('heading', { level: 2 }).waitFor();
  },
  enrolment: async ({ page }, { stranger }) => {
    await page.goto(`${stranger}kiosk/enrol`);
    await page.getByRole('textbox').waitFor();
  },
  'wrong-code': async ({ page }, { stranger }) => {
    await page.goto(`${stranger}kiosk/enrol`);
    await page.getByRole('textbox').fill('WRONG');
    await page.getByRole('textbox').press('Enter');
    await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
  },
};

async function searchZhangWei(kiosk: Kiosk): Promise<void> {
  await kiosk.byName.click();
  await kiosk.type('zhangwei');
  await kiosk.press('张', '伟', kiosk.names.confirm);
  await kiosk.cards.first().waitFor();
}

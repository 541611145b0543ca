import { expect } from '@playwright/test';
import { PEOPLE } from '#emulator/campus/people.ts';
import type { Kiosk } from '../kiosk.ts';
import type { Backstage } from '../kiosk-screens.ts';

type Visit = (kiosk: Kiosk, stage: Backstage) => Promise<void>;

const { staff, student, everyField } = PEOPLE;
const CAMPUS_CODE = 'http://wx.url.cn/v002.1015730314.Xk39';

/** What visitors come for. Each leaves the screen as it is then. */
export const VISITS: Readonly<Record<string, Visit>> = {
  'number pad': async (kiosk) => {
    await kiosk.byNumber.click();
    await kiosk.type(staff.fields.card_number);
    await kiosk.press('确定');
    await expect(kiosk.heading).toHaveText(staff.fields.name);
  },
  pinyin: async (kiosk) => {
    await kiosk.byName.click();
    await kiosk.type('guxinghe');
    await kiosk.press('顾', '星', '河', '确定');
    await expect(kiosk.heading).toHaveText(student.fields.name);
  },
  'a scan': (kiosk) => scan(kiosk, staff.fields),
  'a photo': async (kiosk) => {
    await scan(kiosk, student.fields);
    const photo = kiosk.page.getByRole('img', { name: '照片' }).last();
    await expect
      .poll(() => photo.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
  },
  namesakes: async (kiosk) => {
    await findZhangWei(kiosk);
    await kiosk.cards.nth(1).click();
    await expect(kiosk.heading).toHaveText('张伟');
  },
  'a long list': async (kiosk) => {
    await findZhangWei(kiosk);
    await kiosk.cards.last().scrollIntoViewIfNeeded();
    await expect(kiosk.cards.first()).not.toBeInViewport();
  },
  'a value in full': async (kiosk) => {
    await scan(kiosk, everyField.fields);
    await kiosk.page.getByRole('button', { name: '显示' }).first().click();
    await expect(kiosk.page.getByText(everyField.fields.telephone)).toBeVisible();
  },
  'one after another': async (kiosk) => {
    await scan(kiosk, staff.fields);
    await scan(kiosk, everyField.fields);
  },
  nobody: async (kiosk) => {
    await kiosk.scan('99999999');
    await expect(kiosk.page.getByRole('status').filter({ hasText: '没有找到' })).toContainText('99999999');
  },
  'a failure': async (kiosk, { setEmulator }) => {
    await setEmulator({ faults: [{ endpoint: 'search', kind: 'html', times: 'always' }] });
    await kiosk.scan(student.fields.card_number);
    await expect(kiosk.page.getByRole('alert')).toContainText('校园卡平台没有正常回答');
    await setEmulator({ reset: true });
  },
  'no network': async (kiosk) => {
    await kiosk.page.context().setOffline(true);
    await kiosk.scan(student.fields.card_number);
    await expect(kiosk.page.getByRole('alert')).toContainText('连不上网络');
    await kiosk.page.context().setOffline(false);
    await expect(kiosk.page.getByText('网络断开了')).toBeHidden();
  },
  English: async (kiosk) => {
    await kiosk.page.getByRole('button', { name: 'English' }).click();
    await kiosk.page.getByRole('button', { name: 'Type a card number' }).click();
    await expect(kiosk.page.getByRole('searchbox', { name: 'Name or card number' })).toBeVisible();
  },
  'a campus code': async (kiosk) => {
    await kiosk.scan(CAMPUS_CODE);
    await kiosk.page.getByRole('dialog').getByRole('button').click();
    await scan(kiosk, staff.fields);
  },
  'half a number': async (kiosk) => {
    await kiosk.byNumber.click();
    await kiosk.type('2023');
  },
};

async function scan(kiosk: Kiosk, member: { card_number: string; name: string }): Promise<void> {
  await kiosk.scan(member.card_number);
  await expect(kiosk.heading).toHaveText(member.name);
}

async function findZhangWei(kiosk: Kiosk): Promise<void> {
  await kiosk.byName.click();
  await kiosk.type('zhangwei');
  await kiosk.press('张', '伟', '确定');
  await expect(kiosk.cards.first()).toBeVisible();
}

import { PEOPLE } from '#emulator/campus/people.ts';
import { expect, test } from '../support/browser.ts';
import { stopClock } from '../support/clock.ts';

test('shows a masked phone number on demand, counts down, and masks it again', async ({ app, page }) => {
  await page.clock.install();
  const { card_number: cardNumber, telephone } = PEOPLE.everyField.fields;
  await app.open();
  await app.search(cardNumber);
  await app.cards.first().click();
  const phone = app.field('手机号');
  await expect(phone).toContainText(`${telephone.slice(0, 3)}****${telephone.slice(-4)}`);
  await expect(phone).not.toContainText(telephone);
  await stopClock(page);
  await phone.getByRole('button', { name: '显示' }).click();
  await expect(phone).toContainText(telephone);
  await expect(phone).toContainText('秒后自动隐藏');
  await page.clock.runFor(31_000);
  await expect(phone).not.toContainText(telephone);
  await expect(phone.getByRole('button', { name: '显示' })).toBeVisible();
});

test('has nothing in the page of a field that is off for everybody', async ({ app, page }) => {
  await app.open();
  const answer = page.waitForResponse((response) => response.url().endsWith('/api/members/search'));
  await app.search(PEOPLE.everyField.fields.card_number);
  const reply = await (await answer).text();
  for (const secret of [PEOPLE.everyField.fields.id_card, PEOPLE.everyField.fields.address]) {
    expect(reply).not.toContain(secret);
  }
});

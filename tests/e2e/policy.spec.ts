import { PEOPLE } from '#emulator/campus/people.ts';
import { expect, FAILED_REQUEST, test as base } from '../support/browser.ts';
import type { App } from '../support/browser.ts';
import { changedTiles } from '../support/picture.ts';
import { COUNTER, startWithPolicy } from '../support/policy.ts';

const { card_number: CARD_NUMBER, telephone: TELEPHONE, id_card: ID_CARD } = PEOPLE.everyField.fields;
const LAST_FOUR = ID_CARD.slice(-4);

/** A relay with this policy: each test its own, for the tries of another would count. */
const test = base.extend({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are needed
  baseURL: async ({}, use) => {
    const product = await startWithPolicy({
      ...COUNTER,
      shown: ['@public', 'card_number'],
      masked: ['telephone', 'contact_phone'],
      revealable: ['telephone'],
      verifiable: ['id_card', 'contact_phone'],
      watermark: true,
    });
    await use(product.url);
    await product.stop();
  },
});

async function openMember(app: App) {
  await app.open();
  await app.search(CARD_NUMBER);
  await app.cards.first().click();
  await expect(app.page.getByRole('heading', { level: 1 })).toHaveText(PEOPLE.everyField.fields.name);
}

test.describe('checking the last four', () => {
  test.use({ expectedConsole: [FAILED_REQUEST] });

  test('tells a match from none without showing the value, and closes after three', async ({ app, page }) => {
    await openMember(app);
    const row = app.field('身份证');
    await expect(row).toHaveText('核对');
    expect(await page.content()).not.toContain(LAST_FOUR);

    await row.getByRole('button', { name: '核对' }).click();
    const box = page.getByRole('textbox', { name: '请对方说出身份证的最后四位' });
    await expect(box).toBeFocused();
    await expect(box).toHaveAttribute('inputmode', 'text');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await app.expectAccessible();
    }
    const outcome = row.getByRole('status');
    await box.fill('00');
    await box.press('Enter');
    await expect(outcome).toHaveText('请输入四位。');

    await box.fill('0000');
    await box.press('Enter');
    await expect(outcome).toHaveText('不一致');
    await app.expectAccessible();
    await box.fill(LAST_FOUR.toLowerCase());
    await box.press('Enter');
    await expect(outcome).toHaveText('一致');
    await box.fill('0001');
    await box.press('Enter');
    await expect(outcome).toHaveText('不一致');

    await box.fill(LAST_FOUR);
    await box.press('Enter');
    await expect(outcome).toContainText('暂时不能核对');
    await expect(outcome).toContainText(/\d{2}:\d{2} 之后可以继续/);
    const again = row.getByRole('button', { name: '核对' });
    await expect(again).toBeDisabled();
    await app.expectAccessible();

    await row.getByRole('button', { name: '收起' }).click();
    await expect(row.getByRole('button', { name: '核对' })).toBeFocused();
  });

  test('lets the viewer go on once the hour is over', async ({ app, page }) => {
    await page.clock.install();
    await openMember(app);
    const row = app.field('身份证');
    await row.getByRole('button', { name: '核对' }).click();
    const box = row.getByRole('textbox');
    for (const guess of ['0000', '0001', '0002']) {
      const answered = page.waitForResponse(/verify$/);
      await box.fill(guess);
      await box.press('Enter');
      await answered;
      await expect(row.getByRole('status')).toHaveText('不一致');
    }
    await box.fill('0003');
    await box.press('Enter');
    await expect(row.getByRole('status')).toContainText('暂时不能核对');
    await expect(row.getByRole('button', { name: '核对' })).toBeDisabled();
    await page.clock.fastForward('01:00:10');
    await expect(row.getByRole('status')).toHaveText('现在可以继续核对了。');
    await expect(row.getByRole('button', { name: '核对' })).toBeEnabled();
  });
});

test('asks why before it shows a value, and sends the reason', async ({ app, page }) => {
  await openMember(app);
  const phone = app.field('手机号');
  await phone.getByRole('button', { name: '显示' }).click();
  const sheet = page.getByRole('dialog', { name: '为什么要看手机号？' });
  await expect(sheet).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await app.expectAccessible();
  }
  await sheet.getByRole('button', { name: '查看' }).click();
  await expect(sheet.getByRole('alert')).toHaveText('请先选择或填写原因。');
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(phone.getByRole('button', { name: '显示' })).toBeFocused();

  await page.keyboard.press('Enter');
  await sheet.getByRole('radio', { name: '其他原因' }).check();
  await sheet.getByRole('textbox', { name: '请写明原因' }).fill(' 失物招领 ');
  const asked = page.waitForRequest(/reveal$/);
  await sheet.getByRole('button', { name: '查看' }).click();
  expect((await asked).postDataJSON()).toMatchObject({ field: 'telephone', reason: '失物招领' });
  await expect(phone).toContainText(TELEPHONE);
});

test('a watermark tells the time, and names nobody where nobody signed in, in nobody’s way', async ({
  app,
  page,
}) => {
  await app.open();
  await expect(page.getByTestId('watermark')).toHaveCount(0);
  await openMember(app);
  const mark = page.getByTestId('watermark');
  await expect(mark).toHaveAttribute('aria-hidden', 'true');
  await expect(mark).toHaveCSS('pointer-events', 'none');
  for (const text of await mark.evaluate(textsOf)) expect(text).toMatch(/^20\d\d\/\d\d\/\d\d \d\d:\d\d$/);
  const marked = await page.screenshot();
  await mark.evaluate((one) => (one.style.visibility = 'hidden'));
  const plain = await page.screenshot();
  await mark.evaluate((one) => (one.style.visibility = ''));
  const { all, changed } = await changedTiles(page, marked, plain);
  expect(changed, 'marks all over the screen, with the page between them').toBe(all);
  await app.expectAccessible();
  await app.expectNothingCutOff();
});

/** What a mark says, once each: words in the page, or drawn by its styles. */
function textsOf(mark: HTMLElement): string[] {
  const said = [mark, ...Array.from(mark.querySelectorAll<HTMLElement>('*'))].flatMap((one) => [
    ...Array.from(one.childNodes, (node) => (node instanceof Text ? node.data.trim() : '')),
    getComputedStyle(one, '::before').content.replace(/^"(.*)"$|^none$/, '$1'),
  ]);
  return Array.from(new Set(said.filter((text) => text !== '')));
}

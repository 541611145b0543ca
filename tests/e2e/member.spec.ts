import { PEOPLE } from '#emulator/campus/people.ts';
import { expect, FAILED_REQUEST, test } from '../support/browser.ts';
import type { App } from '../support/browser.ts';

async function openMember(app: App, keyword: string) {
  await app.open();
  await app.search(keyword);
  await app.cards.first().click();
  await expect(app.page.getByRole('heading', { level: 1 })).toBeVisible();
}

test('shows the name, and the fields in groups', async ({ app, page }) => {
  await openMember(app, PEOPLE.everyField.fields.card_number);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(PEOPLE.everyField.fields.name);
  await expect(app.field('学院')).toHaveText('计算机科学与技术学院');
  await expect(app.field('专业')).toHaveText('人工智能');
  await expect(app.field('电子卡号')).toContainText('2021030117');
});

test('leaves no trace of fields that the application was not granted', async ({ app, page }) => {
  await openMember(app, PEOPLE.everyField.fields.card_number);
  await expect(app.field('学院')).toBeVisible();
  for (const label of ['民族', '毕业学校', '物理芯片号', '绑定状态', '激活状态']) {
    await expect(app.field(label)).toHaveCount(0);
    await expect(page.getByText(label, { exact: true })).toHaveCount(0);
  }
});

test('tells organisations by name, and leaves out what has none', async ({ app, page }) => {
  await openMember(app, PEOPLE.unknownOrganization.fields.card_number);
  await expect(app.field('组织架构')).not.toContainText('999999');
  await expect(page.getByText('999999')).toHaveCount(0);
});

test('marks a frozen and an expired card on the card and on the page', async ({ app, page }) => {
  for (const [person, mark] of [
    [PEOPLE.frozen, '已冻结'],
    [PEOPLE.expired, '已过期'],
  ] as const) {
    await app.open();
    await app.search(person.fields.card_number);
    await expect(app.cards.first()).toContainText(mark);
    await app.cards.first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(person.fields.name);
    await expect(page.getByText(mark).first()).toBeVisible();
  }
});

for (const person of [PEOPLE.noPhoto, PEOPLE.brokenPhoto, PEOPLE.missingPhoto]) {
  test.describe(person.shows, () => {
    test.use({ expectedConsole: [FAILED_REQUEST] });

    test('shows initials in place of a photo', async ({ app }) => {
      await app.open();
      await app.search(person.fields.card_number);
      await expect(app.cards.first()).toContainText(person.fields.name.slice(-1));
      await expect(app.cards.first().getByRole('img')).toHaveCount(0);
    });
  });
}

for (const person of [PEOPLE.staff, PEOPLE.protocolRelativePhoto, PEOPLE.barePathPhoto]) {
  test(`loads the photo of ${person.fields.name}, however its address is written`, async ({ app }) => {
    await app.open();
    await app.search(person.fields.card_number);
    const photo = app.cards.first().getByRole('img');
    await expect(photo).toBeVisible();
    await expect
      .poll(() => photo.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
  });
}

test.describe('among many namesakes', () => {
  // Some of them have photos that the platform cannot deliver.
  test.use({ expectedConsole: [FAILED_REQUEST] });

  test('goes back to the same results at the same place without asking again', async ({ app, page }) => {
    await app.open();
    await app.search('张伟');
    await expect(app.cards.first()).toBeVisible();
    await page.mouse.wheel(0, 2400);
    const scrolled = () => page.evaluate(() => window.scrollY);
    await expect.poll(scrolled).toBeGreaterThan(2000);
    const card = app.cards.nth(8);
    await card.scrollIntoViewIfNeeded();
    const before = await scrolled();
    // The list draws other cards while it is scrolled: this one, wherever it stands now.
    const href = await card.getAttribute('href');
    const opened = page.locator(`a[href="${href}"]`);
    await opened.click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('张伟');
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') asked.push(request.url());
    });
    await page.goBack();
    await expect(opened).toBeInViewport();
    expect(Math.abs((await scrolled()) - before)).toBeLessThan(60);
    expect(asked).toEqual([]);
  });

  test('opens one with more than the card knew', async ({ app, page }) => {
    await openMember(app, '张伟');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('张伟');
    await expect(app.field('校区')).toBeVisible();
  });
});

test('survives a reload of the member page', async ({ app, page }) => {
  await openMember(app, PEOPLE.everyField.fields.card_number);
  await expect(app.field('邮箱')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(PEOPLE.everyField.fields.name);
  await expect(app.field('邮箱')).toBeVisible();
});

test('runs no markup that stands in a name or an address', async ({ app, page }) => {
  await openMember(app, PEOPLE.markup.fields.card_number);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(PEOPLE.markup.fields.name);
  expect(await page.title()).not.toBe('pwned');
});

test('says so when a route is unknown, and leads back', async ({ app, page }) => {
  await app.open('nowhere/at/all');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page
    .getByRole('link', { name: '搜索' })
    .or(page.getByRole('button', { name: '搜索' }))
    .first()
    .click();
  await expect(app.box).toBeVisible();
});

test.describe('with a reference that is no longer good', () => {
  test.use({ expectedConsole: [FAILED_REQUEST] });

  test('says so, and leads back', async ({ app }) => {
    await app.open('members/nonsense');
    await expect(app.alert).toContainText('这个页面已经失效');
    await app.alert.getByRole('link', { name: '去搜索' }).click();
    await expect(app.box).toBeVisible();
  });
});

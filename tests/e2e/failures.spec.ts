import { expect, FAILED_REQUEST, SEARCH, test } from '../support/browser.ts';

test.use({ expectedConsole: [FAILED_REQUEST] });

const FAILURES = [
  { fault: { kind: 'errcode', errcode: 40001 }, retry: true },
  { fault: { kind: 'errcode', errcode: 40008 }, retry: false },
  { fault: { kind: 'errcode', errcode: 40018 }, retry: false },
  { fault: { kind: 'html' }, retry: true },
  { fault: { kind: 'truncate' }, retry: true },
  { fault: { kind: 'reset' }, retry: true },
  { fault: { kind: 'status', status: 500 }, retry: true },
  { fault: { kind: 'hang' }, retry: true },
] as const;

for (const { fault, retry } of FAILURES) {
  test(`says what went wrong with ${JSON.stringify(fault)}, and offers a way forward`, async ({
    app,
    relay,
  }) => {
    await relay.setEmulator({ faults: [{ endpoint: SEARCH, times: 'always', ...fault }] });
    await app.open();
    await app.search('07302590');
    await expect(app.alert).toBeVisible();
    const again = app.alert.getByRole('button', { name: '重试' });
    if (!retry) {
      await expect(app.cards).toHaveCount(0);
      return;
    }
    await expect(app.box).toHaveValue('07302590');
    await relay.recover();
    await again.click();
    await expect(app.cards).toHaveCount(1);
  });
}

test('shows the request id of a failure', async ({ app, relay }) => {
  await relay.setEmulator({ faults: [{ endpoint: SEARCH, kind: 'html', times: 'always' }] });
  await app.open();
  const answer = app.page.waitForResponse((response) => response.request().method() === 'POST');
  await app.search('07302590');
  const { request_id: id } = (await (await answer).json()) as { request_id: string };
  await expect(app.alert).toContainText(id);
});

test('says that the network is gone, and recovers by itself', async ({ app, context }) => {
  await app.open();
  await app.search('07302590');
  await expect(app.cards).toHaveCount(1);
  await context.setOffline(true);
  await app.search('阿卜杜拉·买买提');
  await expect(app.alert).toBeVisible();
  await context.setOffline(false);
  await expect(app.cards).toContainText('阿卜杜拉·买买提');
});

for (const [name, settings] of Object.entries({
  'withheld fields as null': { notGranted: 'null' },
  'withheld fields as ""': { notGranted: 'empty' },
  'numbers as text': { numbers: 'strings', identityType: 'number', expiresIn: 'string' },
  'the validity under its other name': { validityNames: 'start_time' },
  'escaped Chinese': { escapeUnicode: true },
})) {
  test(`shows a member when the platform sends ${name}`, async ({ app, relay, page }) => {
    await relay.setEmulator(settings);
    await app.open();
    await app.search('2021030117');
    await app.cards.first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('苏晚晴');
    await expect(app.field('民族')).toHaveCount(0);
  });
}

for (const nobody of ['emptyList', 'code40007', 'noList']) {
  test(`says that nobody was found when the platform answers ${nobody}`, async ({ app, relay }) => {
    await relay.setEmulator({ nobody });
    await app.open();
    await app.search('查无此人');
    await expect(app.status).toContainText('查无此人');
  });
}

import { readFileSync } from 'node:fs';
import { PEOPLE } from '#emulator/campus/people.ts';
import { App, expect, SEARCH, test } from '../support/browser.ts';
import { fetchToken, searchPlatform } from '../support/platform.ts';
import { startStaticHost } from '../support/static-host.ts';

for (const base of ['/', '/lookup/']) {
  test.describe(`behind a plain gateway, at ${base}`, () => {
    test('finds, opens, goes back and survives a reload', async ({ page, relay }) => {
      const token = await fetchToken(relay.emulatorUrl);
      const gateway = await startStaticHost({
        base,
        config: { endpoint: 'gateway/search', school: { name: '青屿大学' } },
        answer: (_path, body) => searchPlatform(relay.emulatorUrl, token, body),
      });
      const app = new App(page);
      const asked: string[] = [];
      page.on('request', (request) => {
        if (['fetch', 'xhr'].includes(request.resourceType())) asked.push(new URL(request.url()).pathname);
      });
      await app.open(gateway.url);
      await app.search('张伟');
      await expect(app.cards.first()).toContainText('张伟');
      await app.search(PEOPLE.everyField.fields.card_number);
      await expect(app.cards).toHaveCount(1);
      await app.cards.first().click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(PEOPLE.everyField.fields.name);
      expect(page.url()).toContain(`${base}members/`);
      expect(page.url()).not.toContain(PEOPLE.everyField.fields.card_number);
      await expect(app.field('邮箱')).toBeVisible();
      await page.reload();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(PEOPLE.everyField.fields.name);
      await page.goBack();
      await expect(app.box).toBeVisible();
      expect(new Set(asked)).toEqual(new Set([`${base}gateway/search`]));
      gateway.stop();
    });

    test('says nobody, and what went wrong, though every answer is 200', async ({ page, relay }) => {
      const token = await fetchToken(relay.emulatorUrl);
      const gateway = await startStaticHost({
        base,
        config: { endpoint: 'gateway/search', school: { contact: '一卡通中心 8000' } },
        answer: (_path, body) => searchPlatform(relay.emulatorUrl, token, body),
      });
      const app = new App(page);
      await app.open(gateway.url);
      await relay.setEmulator({ nobody: 'code40007' });
      await app.search('查无此人');
      await expect(app.status).toContainText('查无此人');
      await relay.setEmulator({
        faults: [{ endpoint: SEARCH, kind: 'errcode', errcode: 40018, times: 'always' }],
      });
      await app.search('张伟');
      await expect(app.alert).toContainText('一卡通中心 8000');
      gateway.stop();
    });
  });
}

test('fetches a token itself where a token endpoint is set, and renews it once', async ({ page, relay }) => {
  let tokens = 0;
  const gateway = await startStaticHost({
    base: '/',
    config: { endpoint: 'gateway/search', tokenEndpoint: 'gateway/token' },
    answer: async (path, body) => {
      const url = new URL(path, 'http://localhost');
      if (url.pathname.endsWith('/token')) {
        tokens += 1;
        return JSON.stringify({ access_token: await fetchToken(relay.emulatorUrl), expires_in: '7200' });
      }
      return searchPlatform(relay.emulatorUrl, url.searchParams.get('access_token') ?? '', body);
    },
  });
  const app = new App(page);
  await app.open(gateway.url);
  await app.search('07302590');
  await expect(app.cards).toHaveCount(1);
  expect(tokens).toBe(1);
  await fetch(`${relay.emulatorUrl}/_emulator/tokens/revoke`, { method: 'POST' });
  await app.search('阿卜杜拉·买买提');
  await expect(app.cards).toContainText('阿卜杜拉·买买提');
  expect(tokens).toBe(2);
  const stored = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
  expect(stored).not.toContain('access_token');
  gateway.stop();
});

test('works under the headers that the build wrote', async ({ page, relay }) => {
  const lines = readFileSync('dist/headers.txt', 'utf8').trim().split('\n');
  const headers = Object.fromEntries(
    lines.map((line) => line.split(/: (.*)/).slice(0, 2) as [string, string]),
  );
  const token = await fetchToken(relay.emulatorUrl);
  const gateway = await startStaticHost({
    base: '/',
    config: { endpoint: 'gateway/search', signInUrl: 'sign-in?to={return}' },
    answer: (_path, body) => searchPlatform(relay.emulatorUrl, token, body),
    headers,
  });
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  const app = new App(page);
  await app.open(gateway.url);
  await app.search(PEOPLE.noPhoto.fields.card_number);
  await expect(app.cards).toHaveCount(1);
  expect(headers['content-security-policy']).toContain('sha256-');
  expect(refused).toEqual([]);
  gateway.stop();
});

test.describe('at another origin', () => {
  test.use({ expectedConsole: [/CORS policy|net::ERR_FAILED/] });

  test('calls the platform where that lets it, and says that it cannot where not', async ({
    page,
    relay,
  }) => {
    const gateway = await startStaticHost({
      base: '/',
      config: { endpoint: `${relay.emulatorUrl}/cgi-bin/user/search`, tokenEndpoint: 'gateway/token' },
      answer: async () =>
        JSON.stringify({ access_token: await fetchToken(relay.emulatorUrl), expires_in: 7200 }),
    });
    const app = new App(page);
    await app.open(gateway.url);
    await app.search('07302590');
    await expect(app.alert).toContainText('连不上网络');
    await relay.setEmulator({ cors: 'any' });
    await page.getByRole('button', { name: '重试' }).click();
    await expect(app.cards).toHaveCount(1);
    gateway.stop();
  });
});

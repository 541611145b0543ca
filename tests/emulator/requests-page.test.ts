import { describe, expect, it } from 'vitest';
import { APPLICATIONS } from '#emulator/applications.ts';
import type { Emulator } from '#emulator/start.ts';
import { call, emulatorFor, post, tokenRequest } from './support.ts';

async function page(emulator: Emulator): Promise<string> {
  return (await fetch(`${emulator.url}/_emulator/`)).text();
}

/** Fills the page's form in and sends it, as a browser does. */
async function submit(emulator: Emulator, fields: Record<string, string>, key?: string) {
  const own = /name="key" value="([^"]+)"/.exec(await page(emulator))?.[1] ?? '';
  return fetch(`${emulator.url}/_emulator/faults`, {
    method: 'POST',
    body: new URLSearchParams({ key: key ?? own, ...fields }),
    redirect: 'manual',
  });
}

describe('the page of requests', () => {
  it('shows the last ones, and no value of any', async () => {
    const emulator = await emulatorFor();
    const { json } = await post(emulator, '/cgi-bin/oauth2/token', { app_secret: 'SECRET', app_key: 'KEY' });
    expect(json.errcode).toBe(40001);
    await call(emulator, 'user/search', { keywords: '何其' });
    const text = await page(emulator);
    expect(text).toContain('POST /cgi-bin/user/search');
    expect(text).toContain('keywords');
    expect(text).toContain('HTTP 200 · errcode 0');
    expect(text).toContain('errcode 40001');
    for (const value of ['何其', 'SECRET', 'DE30', 'access_token=']) expect(text).not.toContain(value);
  });

  it('keeps the last fifty, pictures aside', async () => {
    const emulator = await emulatorFor();
    await fetch(`${emulator.url}/photos/w01.webp`);
    for (let times = 0; times < 60; times += 1) await post(emulator, '/cgi-bin/campus/school-info', {});
    const text = await page(emulator);
    expect(text.match(/POST \/cgi-bin\/campus\/school-info/g)).toHaveLength(50);
    expect(text).not.toContain('GET /photos');
  });

  it('tells of a call that got no answer', async () => {
    const emulator = await emulatorFor();
    emulator.change({ faults: [{ kind: 'reset' }] });
    await expect(call(emulator, 'user/search', {})).rejects.toThrow('fetch failed');
    expect(await page(emulator)).toContain('没有回答 · 故障 reset');
  });
});

describe('its form', () => {
  it('adds a fault to those there are', async () => {
    const emulator = await emulatorFor();
    emulator.change({ faults: [{ kind: 'html' }] });
    const fields = { endpoint: 'search', kind: 'errcode', parameter: '40008', times: 'always', delayMs: '5' };
    const answer = await submit(emulator, fields);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/_emulator/']);
    const added = { endpoint: 'search', kind: 'errcode', errcode: 40008, times: 'always', delayMs: 5 };
    expect(emulator.settings.faults).toMatchObject([{ kind: 'html' }, added]);
    expect(await page(emulator)).toContain('errcode');
  });

  it.each([
    ['json', '{"a":1}', { body: { a: 1 } }],
    ['redirect', 'https://elsewhere.example/', { location: 'https://elsewhere.example/' }],
    ['limited', '', { retryAfter: 30 }],
  ])('takes what %s takes', async (kind, parameter, expected) => {
    const emulator = await emulatorFor();
    await submit(emulator, { endpoint: '*', kind, parameter, times: '1', delayMs: '' });
    expect(emulator.settings.faults).toMatchObject([{ kind, ...expected }]);
  });

  it.each([
    [{ endpoint: 'search', kind: 'errcode', parameter: 'soon' }, /errcode.* must be a number/],
    [{ endpoint: 'nope', kind: 'html' }, /endpoint must be/],
    [{ endpoint: 'search', kind: 'html', times: 'often' }, /times must be/],
  ])('says what is wrong, and changes nothing: %j', async (fields, reason) => {
    const emulator = await emulatorFor();
    const answer = await submit(emulator, fields);
    expect(answer.status).toBe(400);
    expect(/<p role="alert">(.*?)<\/p>/.exec(await answer.text())?.[1]).toMatch(reason);
    expect(emulator.settings.faults).toEqual([]);
  });

  it('ends the faults, and the life of tokens', async () => {
    const emulator = await emulatorFor();
    emulator.change({ faults: [{ kind: 'html', times: 'always' }] });
    await submit(emulator, { action: 'clear' });
    expect(emulator.settings.faults).toEqual([]);
    for (const [action, errcode] of [
      ['expire', 40002],
      ['revoke', 40005],
    ] as const) {
      const { json } = await post(emulator, '/cgi-bin/oauth2/token', tokenRequest(APPLICATIONS.demo));
      await submit(emulator, { action });
      const path = `/cgi-bin/user/search?access_token=${String(json.access_token)}`;
      expect((await post(emulator, path, { keywords: '何其' })).json.errcode).toBe(errcode);
    }
  });

  it('is taken from its own page alone', async () => {
    const emulator = await emulatorFor();
    expect((await submit(emulator, { endpoint: '*', kind: 'html' }, 'guessed')).status).toBe(403);
    expect(emulator.settings.faults).toEqual([]);
  });
});

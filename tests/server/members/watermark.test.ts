import { describe, expect, test } from 'vitest';
import type { SearchAnswer } from '#contract/wire.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { Browser } from '../sign-in/browser.ts';
import { startSignInRelay } from '../sign-in/relay.ts';

const { card_number: STAFF } = PEOPLE.staff.fields;
const { card_number: STUDENT } = PEOPLE.everyField.fields;

async function watermarkOf(browser: Browser, url: string): Promise<string | undefined> {
  const answer = await browser.post(`${url}/api/members/search`, { keywords: STUDENT });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as SearchAnswer).policy?.watermark;
}

describe('the watermark of a member that staff opened', () => {
  test('names who signed in', async () => {
    const { url, signIn } = await startSignInRelay();
    expect(await watermarkOf(await signIn(STAFF), url)).toBe(STAFF);
  });

  test('names whom the gateway names', async () => {
    const { url } = await startSignInRelay({
      SIGN_IN: 'header',
      SIGN_IN_HEADER: 'X-Remote-User',
      SIGN_IN_GROUPS_HEADER: 'X-Remote-Groups',
      TRUSTED_PROXIES: '127.0.0.1/32',
    });
    const browser = new Browser({ 'x-remote-user': 'wang.min', 'x-remote-groups': 'staff' });
    expect(await watermarkOf(browser, url)).toBe('wang.min');
  });

  test('names nobody where nobody signed in, in the demonstration’s costumes neither', async () => {
    const { url } = await startSignInRelay({ SIGN_IN: 'none' });
    const browser = new Browser();
    expect(await watermarkOf(browser, url)).toBe('');
    await browser.post(`${url}/api/demo/viewer`, { kind: 'staff' });
    expect(await watermarkOf(browser, url)).toBe('');
  });
});

import { describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { contactWays } from '#src/format/contact.ts';
import { shownGroups } from '#src/format/member-fields.ts';
import { messages } from '#src/locales/zh-CN.ts';
import { BROWSER } from '#src/browser/host.ts';
import ContactSheet from '#src/components/member/ContactSheet.vue';
import FieldRow from '#src/components/member/FieldRow.vue';
import { appServices } from '#tests/support/app-services.ts';
import { mountPart } from '#tests/support/mount.ts';

const MEMBER = {
  name: '两号通',
  telephone: '\u202a13712345678\u202c、010-62780000转8012',
  email: 'a?b@messy.example; c@messy.example',
};

const hostThat = (opensApps: boolean) => ({
  services: appServices({ url: 'http://127.0.0.1:9/', services: { host: { ...BROWSER, opensApps } } }),
});

function row(key: 'telephone' | 'email', member: object = MEMBER, opensApps = true) {
  const details = { member, complete: true, policy: {}, organizations: {}, roles: {} };
  const field = shownGroups(details, messages)
    .flatMap(({ fields }) => fields)
    .find((shown) => shown.key === key);
  return mountPart(FieldRow, { field }, hostThat(opensApps));
}

function sheet(member: object = MEMBER, opensApps = true) {
  mountPart(ContactSheet, { member, ways: contactWays(member) }, hostThat(opensApps));
  return document.body;
}

/** What is on the clipboard after each of these is pressed. */
async function copiedBy(buttons: Iterable<HTMLElement>): Promise<string[]> {
  const written: string[] = [];
  Object.assign(document, { execCommand: () => false });
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => {
    written.push(text);
    return Promise.resolve();
  });
  for (const button of buttons) button.click();
  await vi.waitFor(() => expect(written.length).toBeGreaterThan(0));
  return written;
}

const waysIn = (page: HTMLElement) =>
  [...page.querySelectorAll<HTMLElement>('.way')].map((way) => way.getAttribute('href') ?? way.textContent);

describe('several numbers or addresses in one field', () => {
  it('are a link each in the row', () => {
    const hrefs = (key: 'telephone' | 'email') =>
      row(key)
        .findAll('a')
        .map((link) => link.attributes('href'));
    expect(hrefs('telephone')).toEqual(['tel:13712345678', 'tel:01062780000,8012']);
    expect(hrefs('email')).toEqual(['mailto:a%3Fb@messy.example', 'mailto:c@messy.example']);
    expect(row('telephone').get('dd').text()).toBe('137 1234 5678、010-62780000转8012');
  });

  it('are a line each in the sheet, named by what they are', async () => {
    const page = sheet();
    await nextTick();
    expect(waysIn(page).slice(0, 5)).toEqual([
      'tel:13712345678',
      'sms:13712345678',
      'tel:01062780000,8012',
      'mailto:a%3Fb@messy.example',
      'mailto:c@messy.example',
    ]);
    expect(page.textContent).toContain('打电话 010-62780000转8012');
  });

  it('lead nowhere where the host opens no other app', () => {
    expect(row('telephone', MEMBER, false).findAll('a')).toHaveLength(0);
  });
});

describe('copying', () => {
  const copyButton = (key: 'telephone' | 'email', member: object) => {
    const button = row(key, member).get<HTMLElement>('button').element;
    return copiedBy([button]);
  };

  it.each([
    ['telephone', '１３７１２３４５６７８', '13712345678'],
    ['email', 'ａ@messy.example', 'a@messy.example'],
  ] as const)('gives the same %s in the row and in the sheet', async (key, value, copied) => {
    expect(await copyButton(key, { [key]: value })).toEqual([copied]);
    document.body.textContent = '';
    const ways = sheet({ [key]: value }, false).querySelectorAll<HTMLElement>('.way');
    expect(await copiedBy([...ways].slice(0, 1))).toEqual([copied]);
  });

  it('gives a whole field as it was written', async () => {
    expect(await copyButton('telephone', MEMBER)).toEqual(['13712345678、010-62780000转8012']);
    expect(await copyButton('email', MEMBER)).toEqual(['a?b@messy.example; c@messy.example']);
  });

  it('gives a number that cannot be called as it came', async () => {
    expect(await copyButton('telephone', { telephone: '暂无' })).toEqual(['暂无']);
  });
});

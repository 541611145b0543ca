import { describe, expect, it } from 'vitest';
import { BROWSER } from '#src/browser/host.ts';
import AboutSchool from '#src/components/settings/AboutSchool.vue';
import { messages as en } from '#src/locales/en.ts';
import { messages as zh } from '#src/locales/zh-CN.ts';
import { appServices } from '#tests/support/app-services.ts';
import { allByRole, byRole, nameOf, wordsIn } from '#tests/support/by-role.ts';
import { mountPart } from '#tests/support/mount.ts';

interface School {
  contact?: string;
  privacyUrl?: string;
  opensApps?: boolean;
}

function about({ contact = '', privacyUrl = '', opensApps = true }: School, messages = zh) {
  const school = { name: '青屿大学', logo: '', accent: '', contact, privacyUrl };
  const services = appServices({
    url: 'http://127.0.0.1:9/',
    config: { school },
    services: { host: { ...BROWSER, opensApps } },
  });
  return mountPart(AboutSchool, {}, { services, messages });
}

const said = () => wordsIn(document.body);
const links = () => allByRole('link').map((link) => [nameOf(link), link.getAttribute('href')]);

describe('whom to ask', () => {
  it('can be called, by the number among the words', () => {
    about({ contact: '信息中心服务台 0510-5550 1234' });
    expect(links()).toEqual([['信息中心服务台 0510-5550 1234', 'tel:051055501234']]);
    expect(said()).toContain('联系学校： 信息中心服务台');
  });

  it('is words alone where there is no number, or the host opens no other app', () => {
    about({ contact: '信息中心一楼' });
    about({ contact: '信息中心服务台 0510-5550 1234', opensApps: false });
    expect(links()).toEqual([]);
    expect(said()).toContain('信息中心一楼');
    expect(said()).toContain('0510-5550 1234');
  });

  it('is not spoken of where the school names nobody', () => {
    about({});
    expect(said()).not.toContain('联系学校');
  });
});

describe('what becomes of one’s data', () => {
  it('stands in the school’s notice, which is not told where it was read', () => {
    about({ privacyUrl: 'https://qingyu.example/privacy' });
    expect(links()).toEqual([['隐私说明', 'https://qingyu.example/privacy']]);
    expect(byRole('link').getAttribute('rel')).toBe('noreferrer');
  });

  it('is the school’s to say where it has no notice', () => {
    about({});
    expect(said()).toContain('学校没有提供隐私说明，请向学校询问');
    expect(said()).toContain('这些选择只保存在这台设备上。');
    expect(links()).toEqual([]);
  });

  it('is told in English', () => {
    about({ contact: 'Room 101', privacyUrl: 'https://qingyu.example/privacy' }, en);
    expect(nameOf(byRole('link'))).toBe('Privacy notice');
    expect(said()).toContain('Contact the school: Room 101');
  });
});

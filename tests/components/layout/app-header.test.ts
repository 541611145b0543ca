import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import type { AppConfig } from '#contract/app-config.ts';
import AppHeader from '#src/components/layout/AppHeader.vue';
import { messages as en } from '#src/locales/en.ts';
import { messages as zh } from '#src/locales/zh-CN.ts';
import { appServices } from '#tests/support/app-services.ts';
import { byRole, nameOf, queryByRole } from '#tests/support/by-role.ts';
import { mountPart } from '#tests/support/mount.ts';

const SCHOOL = { name: '青屿大学', logo: 'logo.svg', accent: '', contact: '', privacyUrl: '' };

/** What the settings decide comes right after the prerendered page. */
async function header(config: Partial<AppConfig> = {}, back = false, messages = zh) {
  const services = appServices({ url: 'http://127.0.0.1:9/', config });
  const wrapper = mountPart(AppHeader, { back }, { services, messages });
  const prerendered = wrapper.text();
  await nextTick();
  return { wrapper, prerendered };
}

describe('the head of a screen', () => {
  it('is named by the school, whose logo says no more', async () => {
    const { wrapper } = await header({ school: SCHOOL });
    expect(wrapper.text()).toBe('青屿大学');
    expect(wrapper.get('img').attributes()).toMatchObject({ src: 'logo.svg', alt: '' });
  });

  it('is named by the app where no school is set, without a logo', async () => {
    const { wrapper } = await header();
    expect(wrapper.text()).toBe('校园卡查询');
    expect(wrapper.find('img').exists()).toBe(false);
    expect((await header({}, false, en)).wrapper.text()).toBe('Campus card lookup');
  });

  it('leads back in place of the school where another screen led here', async () => {
    const { wrapper } = await header({ school: SCHOOL }, true);
    expect(wrapper.text()).toBe('返回搜索');
    expect(nameOf(byRole('link'))).toBe('返回搜索');
  });

  it('says that everybody is invented in the demonstration', async () => {
    const { wrapper } = await header({ school: SCHOOL, demo: true });
    expect(wrapper.text()).toContain('演示数据');
    expect(wrapper.get('[title]').attributes('title')).toBe('页面上的人都是虚构的');
    expect(queryByRole('combobox')).toBeUndefined();
  });

  it('lets the demonstration be seen by others where a relay knows them', async () => {
    await header({ demo: true, relay: true });
    expect(nameOf(byRole('combobox'))).toBe('以谁的身份查看');
  });

  it('has nothing that the settings decide in the prerendered page', async () => {
    expect((await header({ school: SCHOOL, demo: true })).prerendered).toBe('');
  });
});

import { describe, expect, it } from 'vitest';
import { useEntryStore } from '#src/kiosk/entry-store.ts';
import { KIOSK_ROUTE } from '#src/kiosk/routes.ts';
import AttractView from '#src/kiosk/views/AttractView.vue';
import { appServices } from '#tests/support/app-services.ts';
import { allByRole, byRole, nameOf, wordsIn } from '#tests/support/by-role.ts';
import { mountKioskPart } from '#tests/support/kiosk-visit.ts';
import { eventually } from '#tests/support/mount.ts';

async function attract(contact = '', locale: 'zh-CN' | 'en' = 'zh-CN') {
  const school = { name: '青屿大学', logo: '', accent: '', contact, privacyUrl: '' };
  const services = appServices({ url: 'http://127.0.0.1:9/', config: { school } });
  const wrapper = await mountKioskPart(AttractView, {}, { services, locale });
  await wrapper.vm.$router.push({ name: KIOSK_ROUTE.attract });
  return wrapper;
}

describe('the kiosk’s first screen', () => {
  it('asks who is looked for, and has two ways to type that', async () => {
    await attract();
    expect(wordsIn(byRole('heading'))).toBe('查一查是谁');
    expect(allByRole('button').map(nameOf)).toEqual([
      '输入姓名 拼音选字，或英文名',
      '输入电子卡号 数字键盘，一位不差',
    ]);
  });

  it('says that a card can be presented, which is nothing to press', async () => {
    const wrapper = await attract();
    expect(wrapper.text()).toContain('把校园卡放到读卡器上');
  });

  it.each([
    ['输入姓名', 'pinyin'],
    ['输入电子卡号', 'number'],
  ] as const)('goes by “%s” to the box, with the keyboard for it', async (name, mode) => {
    const wrapper = await attract();
    byRole('button', new RegExp(`^${name}`)).click();
    await eventually(() => expect(wrapper.vm.$route.name).toBe(KIOSK_ROUTE.search));
    const store = useEntryStore();
    expect(store.entry.mode).toBe(mode);
    expect(store.isOpen).toBe(true);
  });

  it('says whom to ask where the school names somebody', async () => {
    expect((await attract()).text()).not.toContain('需要帮助');
    expect((await attract('服务台 8591 0000')).text()).toContain('需要帮助？服务台 8591 0000');
  });

  it('speaks English', async () => {
    await attract('', 'en');
    expect(wordsIn(byRole('heading'))).toBe('Who is it?');
    expect(nameOf(byRole('button'))).toMatch(/^Type a name /);
  });
});

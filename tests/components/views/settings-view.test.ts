import { afterEach, describe, expect, it, vi } from 'vitest';
import { keptLocale } from '#src/locales/locale.ts';
import { loadMessages } from '#src/locales/messages.ts';
import { usePreferencesStore } from '#src/stores/preferences.ts';
import { useToastStore } from '#src/stores/toast.ts';
import { readAppearance } from '#src/theme/appearance.ts';
import { appServices } from '#tests/support/app-services.ts';
import { allByRole, byRole, nameOf, queryByRole, wordsIn } from '#tests/support/by-role.ts';
import { deviceStorage } from '#tests/support/device-storage.ts';
import { eventually, mountApp } from '#tests/support/mount.ts';

const ORIGIN = 'http://127.0.0.1:9/';

afterEach(() => {
  delete document.documentElement.dataset.theme;
});

async function settings() {
  const storage = deviceStorage();
  await mountApp(ORIGIN, '/settings', { services: appServices({ url: ORIGIN, services: { storage } }) });
  await eventually(() => expect(allByRole('radio').length).toBeGreaterThan(0));
  return storage;
}

const checked = () =>
  allByRole('radio')
    .filter((radio) => (radio as HTMLInputElement).checked)
    .map(nameOf);

describe('the settings', () => {
  it('begin at their heading, with what holds now', async () => {
    await settings();
    expect(wordsIn(byRole('heading'))).toBe('设置');
    expect(document.activeElement?.tagName).toBe('MAIN');
    expect(allByRole('group').map(nameOf)).toEqual(['语言', '外观']);
    expect(checked()).toEqual(['中文', '跟随系统']);
  });

  it('change the language, for the next time too', async () => {
    const storage = await settings();
    byRole('radio', 'English').click();
    await eventually(() => expect(wordsIn(byRole('heading'))).toBe('Settings'));
    expect(document.documentElement.lang).toBe('en');
    expect(keptLocale(storage)).toBe('en');
    expect(checked()).toEqual(['English', 'System']);
  });

  it('stay in the language that there is where another cannot be loaded, and say so', async () => {
    const storage = await settings();
    vi.spyOn(usePreferencesStore(), 'speak').mockRejectedValue(new TypeError('no such file'));
    byRole('radio', 'English').click();
    await eventually(() => expect(useToastStore().message).toBe('连不上网络'));
    expect(wordsIn(byRole('heading'))).toBe('设置');
    expect(keptLocale(storage)).toBe(null);
    expect(checked()).toEqual(['中文', '跟随系统']);
  });

  it('hold what was chosen last, however late the file of the one before comes', async () => {
    const storage = await settings();
    byRole('radio', 'English').click();
    byRole('radio', '中文').click();
    await loadMessages('en');
    await new Promise((resolve) => setTimeout(resolve));
    expect(wordsIn(byRole('heading'))).toBe('设置');
    expect(keptLocale(storage)).toBe('zh-CN');
    expect(checked()).toEqual(['中文', '跟随系统']);
  });

  it('change the theme at once, and for the next time', async () => {
    const storage = await settings();
    byRole('radio', '深色').click();
    await eventually(() => expect(checked()).toEqual(['中文', '深色']));
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(readAppearance(storage).theme).toBe('dark');
  });

  it('hold the large mode and whom to ask', async () => {
    await settings();
    expect(queryByRole('switch')).toBeDefined();
    expect(document.querySelector('main')?.textContent).toContain('这些选择只保存在这台设备上。');
  });
});

import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import { useServices } from '../services.ts';
import { loadMessages } from '../locales/messages.ts';
import { keepLocale } from '../locales/locale.ts';
import type { Locale } from '../locales/locale.ts';
import { useMessages } from '../locales/messages.ts';
import { keepAppearance, readAppearance, TEXT_SIZES, applyAppearance } from '../theme/appearance.ts';
import type { Appearance } from '../theme/appearance.ts';

/** What the viewer chose for this device: it holds at once, and the next time. */
export const usePreferencesStore = defineStore('preferences', () => {
  const { storage } = useServices();
  const messages = useMessages();
  const appearance = shallowRef(readAppearance(storage));
  let wanted: Locale | undefined;

  function change(choice: Partial<Appearance>): void {
    appearance.value = { ...appearance.value, ...choice };
    applyAppearance(document, appearance.value);
    keepAppearance(storage, appearance.value);
  }

  function toggleLarge(): void {
    change({ textSize: appearance.value.textSize === undefined ? TEXT_SIZES.first : undefined });
  }

  /** What is chosen last holds, however late the file of the one before comes. Rejects where it does not come. */
  async function speak(locale: Locale): Promise<void> {
    wanted = locale;
    const loaded = await loadMessages(locale);
    if (wanted !== locale) return;
    messages.value = loaded;
    keepLocale(storage, locale);
  }

  return { appearance, change, toggleLarge, speak };
});

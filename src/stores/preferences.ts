import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import { useServices } from '../app/services.ts';
import { loadMessages } from '../i18n/load-messages.ts';
import { keepLocale } from '../i18n/locale.ts';
import type { Locale } from '../i18n/locale.ts';
import { useMessages } from '../i18n/messages.ts';
import { keepAppearance, readAppearance, TEXT_SIZES, wearAppearance } from '../preferences/appearance.ts';
import type { Appearance } from '../preferences/appearance.ts';

/** What the viewer chose for this device: it holds at once, and the next time. */
export const usePreferencesStore = defineStore('preferences', () => {
  const { storage } = useServices();
  const messages = useMessages();
  const appearance = shallowRef(readAppearance(storage));

  function change(choice: Partial<Appearance>): void {
    appearance.value = { ...appearance.value, ...choice };
    wearAppearance(document, appearance.value);
    keepAppearance(storage, appearance.value);
  }

  function toggleLarge(): void {
    change({ textSize: appearance.value.textSize === undefined ? TEXT_SIZES.first : undefined });
  }

  async function speak(locale: Locale): Promise<void> {
    messages.value = await loadMessages(locale);
    keepLocale(storage, locale);
  }

  return { appearance, change, toggleLarge, speak };
});

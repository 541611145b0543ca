import { shallowRef } from 'vue';
import { defineStore } from 'pinia';

/** Long enough to be read, for a few words. */
const SHOWN_MS = 2_500;

/** The one short message that passes over the page; "" for none. */
export const useToastStore = defineStore('toast', () => {
  const message = shallowRef('');
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(text: string): void {
    message.value = text;
    clearTimeout(timer);
    timer = setTimeout(() => (message.value = ''), SHOWN_MS);
  }

  return { message, show };
});

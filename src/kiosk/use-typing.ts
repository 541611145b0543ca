import { useRoute, useRouter } from 'vue-router';
import { useEntryStore } from './entry-store.ts';
import { KIOSK_ROUTE } from './routes.ts';
import { characterOf } from './scanner/characters.ts';
import { strokeOf } from './scanner/key-stroke.ts';
import type { ScanListener } from './scanner/listen.ts';

/** Keys of an attached keyboard type into the box, wherever the focus is. */
export function useTyping(): ScanListener['onKey'] {
  const entry = useEntryStore();
  const route = useRoute();
  const router = useRouter();

  function type(character: string) {
    if (route.name === KIOSK_ROUTE.attract) {
      entry.open(/[a-z]/i.test(character) ? 'pinyin' : 'number');
      void router.push({ name: KIOSK_ROUTE.search });
    }
    const place = character === ' ' ? 1 : Number(character);
    const candidate = entry.offered[place - 1];
    if (candidate) entry.choose(candidate);
    else entry.press({ character });
  }

  /** Enter and Space on a button or link are that button's, but for the space within a name or code. */
  function isForFocused({ key }: KeyboardEvent, isWithin: boolean) {
    const isOnControl = document.activeElement?.matches('button, a') ?? false;
    return isOnControl && (key === 'Enter' || (key === ' ' && !isWithin));
  }

  /** @returns false for a key that types nothing. */
  function press({ key }: KeyboardEvent, character: string | undefined): boolean {
    if (key === 'Enter' && (entry.isOpen || route.name !== KIOSK_ROUTE.attract)) void entry.submit();
    else if (key === 'Backspace') entry.press('backspace');
    else if (character === undefined) return false;
    else type(character);
    return true;
  }

  return (event, isWithin) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isForFocused(event, isWithin)) return;
    if (press(event, characterOf(strokeOf(event)))) event.preventDefault();
  };
}

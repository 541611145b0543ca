import { useRoute, useRouter } from 'vue-router';
import { useEntryStore } from './entry-store.ts';
import { KIOSK_ROUTE } from './router.ts';
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

  /** Enter and Space on a button or link are that button's. */
  function isForFocused(event: KeyboardEvent) {
    const isOnControl = document.activeElement?.matches('button, a') ?? false;
    return isOnControl && (event.key === 'Enter' || event.key === ' ');
  }

  function actOf(event: KeyboardEvent): (() => void) | undefined {
    const character = characterOf(strokeOf(event));
    if (event.key === 'Enter' && route.name !== KIOSK_ROUTE.attract) return () => void entry.submit();
    if (event.key === 'Backspace') return () => entry.press('backspace');
    return character === undefined ? undefined : () => type(character);
  }

  return (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isForFocused(event)) return undefined;
    const act = actOf(event);
    if (act) event.preventDefault();
    return act;
  };
}

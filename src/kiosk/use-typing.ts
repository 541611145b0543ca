import { useRoute, useRouter } from 'vue-router';
import { useEntryStore } from './entry-store.ts';
import type { Candidate } from './keyboard/pinyin.ts';
import { KIOSK_ROUTE } from './router.ts';
import { characterOf } from './scanner/characters.ts';
import { strokeOf } from './scanner/key-stroke.ts';
import type { ScanListener } from './scanner/listen.ts';

/** Keys of an attached keyboard type into the box, wherever the focus is. */
export function useTyping(): ScanListener['onKey'] {
  const entry = useEntryStore();
  const route = useRoute();
  const router = useRouter();

  /** @param seen the candidates that were on screen when the key was pressed: no other can be meant. */
  function type(character: string, seen: readonly Candidate[]) {
    if (route.name === KIOSK_ROUTE.attract) {
      entry.open(/[a-z]/i.test(character) ? 'pinyin' : 'number');
      void router.push({ name: KIOSK_ROUTE.search });
    }
    const place = character === ' ' ? 1 : Number(character);
    const candidate = seen[place - 1];
    if (candidate && entry.offered.includes(candidate)) entry.choose(candidate);
    else entry.press({ character });
  }

  /** Enter and Space on a button or link are that button's, but for the space within a code. */
  function isForFocused(event: KeyboardEvent) {
    if (event.defaultPrevented) return false;
    const isOnControl = document.activeElement?.matches('button, a') ?? false;
    return isOnControl && (event.key === 'Enter' || event.key === ' ');
  }

  function actOf(event: KeyboardEvent): (() => void) | undefined {
    const character = characterOf(strokeOf(event));
    const isUp = entry.isOpen || route.name !== KIOSK_ROUTE.attract;
    if (event.key === 'Enter' && isUp) return () => void entry.submit();
    if (event.key === 'Backspace') return () => entry.press('backspace');
    const seen = entry.offered;
    return character === undefined ? undefined : () => type(character, seen);
  }

  return (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isForFocused(event)) return undefined;
    const act = actOf(event);
    if (act) event.preventDefault();
    return act;
  };
}

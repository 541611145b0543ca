import { afterEach, describe, expect, it } from 'vitest';
import { useEntryStore } from '#src/kiosk/entry-store.ts';
import ScreenKeyboard from '#src/kiosk/keyboard/ScreenKeyboard.vue';
import { byRole } from '#tests/support/by-role.ts';
import { mountKioskPart } from '#tests/support/kiosk-visit.ts';

const PointerEvent = Object.getOwnPropertyDescriptor(window, 'PointerEvent');

async function numberPad() {
  await mountKioskPart(ScreenKeyboard);
  const store = useEntryStore();
  store.open('number');
  await Promise.resolve();
  return store;
}

/** What a finger makes of a key: the engine's own events, and a click in any case. */
function tap(name: string) {
  const key = byRole('button', name);
  if ('PointerEvent' in window) key.dispatchEvent(new window.PointerEvent('pointerdown', { bubbles: true }));
  key.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
}

describe('the kiosk’s keyboard', () => {
  afterEach(() => {
    if (PointerEvent) Object.defineProperty(window, 'PointerEvent', PointerEvent);
  });

  it('types a key once, when the finger comes down', async () => {
    const store = await numberPad();
    for (const key of '073') tap(key);
    expect(store.entry.text).toBe('073');
    byRole('button', '2').dispatchEvent(new window.PointerEvent('pointerdown', { bubbles: true }));
    expect(store.entry.text).toBe('0732');
  });

  it('types a key that is pressed without a finger', async () => {
    const store = await numberPad();
    byRole('button', '7').click();
    expect(store.entry.text).toBe('7');
  });

  it('types in an engine that knows no pointers', async () => {
    Reflect.deleteProperty(window, 'PointerEvent');
    const store = await numberPad();
    for (const key of '073') tap(key);
    tap('退格');
    expect(store.entry.text).toBe('07');
  });
});

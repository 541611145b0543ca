import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import EntryBox from '#src/kiosk/components/EntryBox.vue';
import { useEntryStore } from '#src/kiosk/entry-store.ts';
import { byRole, nameOf, queryByRole } from '#tests/support/by-role.ts';
import { mountKioskPart } from '#tests/support/kiosk-visit.ts';

/** @param typed on the number pad. */
async function boxWith(typed = '', props = { busy: false }) {
  const wrapper = await mountKioskPart(EntryBox, props);
  const store = useEntryStore();
  store.open('number');
  for (const character of typed) store.press({ character });
  await nextTick();
  return { wrapper, store };
}

const box = () => byRole('searchbox');

describe('the kiosk’s box', () => {
  it('has a name, can have the focus, and is no field that an input method opens over', async () => {
    await boxWith();
    expect(nameOf(box())).toBe('姓名或电子卡号');
    expect(box().getAttribute('tabindex')).toBe('0');
    expect(box().getAttribute('aria-readonly')).toBe('true');
    expect(document.querySelector('input')).toBeNull();
  });

  it('says what it is for as long as it is empty', async () => {
    const { store } = await boxWith();
    expect(box().textContent).toBe('姓名或电子卡号');
    store.press({ character: '0' });
    await nextTick();
    expect(box().textContent).toBe('0');
  });

  it('shows what is typed, and the letters that no character was chosen for', async () => {
    const { store } = await boxWith();
    store.open('latin');
    store.press({ character: 'A' });
    store.open('pinyin');
    store.press({ character: 'w' });
    store.press({ character: 'e' });
    await nextTick();
    expect(box().textContent).toBe('Awe');
  });

  it('brings the keyboard when it is touched', async () => {
    const { store } = await boxWith();
    store.isOpen = false;
    box().click();
    expect(store.isOpen).toBe(true);
  });

  it('is cleared by a button that is there when there is something to clear', async () => {
    const { store } = await boxWith('0730');
    store.isOpen = false;
    byRole('button', '清除输入').click();
    await nextTick();
    expect(store.entry.text).toBe('');
    expect(store.isOpen).toBe(true);
    expect(queryByRole('button', '清除输入')).toBeUndefined();
  });

  it('is submitted by its button, which keeps its name while it is busy', async () => {
    const { wrapper } = await boxWith('0730', { busy: true });
    const button = byRole('button', '搜索');
    expect(button.getAttribute('aria-busy')).toBe('true');
    button.click();
    expect(wrapper.emitted('submit')).toHaveLength(1);
  });

  it('says why something cannot be searched, until something is', async () => {
    const { store } = await boxWith();
    await store.submit();
    await nextTick();
    expect(byRole('alert').textContent).toBe('请输入姓名或电子卡号');
    expect(box().getAttribute('aria-invalid')).toBe('true');
    expect(box().getAttribute('aria-describedby')).toBe(byRole('alert').id);
    expect(store.isOpen).toBe(true);
  });

  it('has no problem otherwise', async () => {
    await boxWith('0730');
    expect(queryByRole('alert')).toBeUndefined();
    expect(box().getAttribute('aria-invalid')).toBeNull();
    expect(box().getAttribute('aria-describedby')).toBeNull();
  });
});

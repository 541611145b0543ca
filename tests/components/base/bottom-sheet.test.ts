import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import BottomSheet from '#src/components/base/BottomSheet.vue';
import { useToastStore } from '#src/stores/toast.ts';
import { byRole, nameOf } from '#tests/support/by-role.ts';
import { mountPart } from '#tests/support/mount.ts';

let opener: HTMLButtonElement;

beforeEach(() => {
  opener = document.body.appendChild(document.createElement('button'));
  opener.focus();
  return () => opener.remove();
});

function openSheet() {
  return mountPart(BottomSheet, { title: '联系', close: '关闭' });
}

describe('a sheet', () => {
  it('is a dialog that is named by its title', () => {
    openSheet();
    const sheet = byRole('dialog');
    expect(nameOf(sheet)).toBe('联系');
    expect(sheet.getAttribute('aria-modal')).toBe('true');
  });

  it('takes the focus, and gives it back when it is gone', async () => {
    const sheet = openSheet();
    expect(document.activeElement).toBe(byRole('dialog'));
    sheet.unmount();
    await nextTick();
    await expect.poll(() => document.activeElement).toBe(opener);
  });

  it('is closed by its button', () => {
    const sheet = openSheet();
    byRole('button', '关闭').click();
    expect(sheet.emitted('close')).toHaveLength(1);
  });

  it('is closed by Escape, wherever the focus is in it', () => {
    const sheet = openSheet();
    const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true });
    byRole('button', '关闭').dispatchEvent(escape);
    expect(sheet.emitted('close')).toHaveLength(1);
  });

  it('is closed by a tap on what is behind it', async () => {
    const sheet = openSheet();
    await nextTick();
    document.querySelector<HTMLElement>('.van-overlay')?.click();
    expect(sheet.emitted('close')).toHaveLength(1);
  });

  it('tells inside what was copied: a reader hears nothing from behind it', async () => {
    openSheet();
    useToastStore().show('已复制手机号');
    await nextTick();
    expect(byRole('dialog').querySelector('[role=status]')?.textContent).toBe('已复制手机号');
  });
});

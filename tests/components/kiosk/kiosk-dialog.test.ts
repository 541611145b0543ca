import { describe, expect, it } from 'vitest';
import { h, nextTick } from 'vue';
import KioskDialog from '#src/kiosk/components/KioskDialog.vue';
import { allByRole, byRole, nameOf } from '#tests/support/by-role.ts';
import { mountPart } from '#tests/support/mount.ts';

/** A dialog over a screen that has a button of its own. */
function openDialog(urgent = false) {
  const actions: string[] = [];
  const dialog = () =>
    h(
      KioskDialog,
      { title: '隐私说明', action: '知道了', urgent, onAction: () => actions.push('知道了') },
      () => h('p', '离开后全部清除。'),
    );
  mountPart({ render: () => [h('button', '隐私'), dialog()] }, {});
  return actions;
}

describe('a kiosk’s dialog', () => {
  it('is named by its title and described by its text', () => {
    openDialog();
    const dialog = byRole('dialog');
    expect(nameOf(dialog)).toBe('隐私说明');
    expect(dialog.getAttribute('aria-modal')).toBe('true');
    const text = document.getElementById(dialog.getAttribute('aria-describedby') ?? '');
    expect(text?.textContent).toBe('离开后全部清除。');
  });

  it('interrupts where it is urgent', () => {
    openDialog(true);
    expect(nameOf(byRole('alertdialog'))).toBe('隐私说明');
    expect(allByRole('dialog')).toEqual([]);
  });

  it('has one button, which has the focus', () => {
    const actions = openDialog();
    expect(document.activeElement).toBe(byRole('button', '知道了'));
    byRole('button', '知道了').click();
    expect(actions).toEqual(['知道了']);
  });

  it('waits for its button: neither Escape nor a tap beside it is one', async () => {
    const actions = openDialog();
    byRole('dialog').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await nextTick();
    document.querySelector<HTMLElement>('.van-overlay')?.click();
    await nextTick();
    expect(actions).toEqual([]);
    expect(byRole('dialog').style.display).toBe('');
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { defineComponent, h, nextTick, useTemplateRef } from 'vue';
import { useFocusTrap } from '#src/composables/use-focus-trap.ts';
import { byRole } from '#tests/support/by-role.ts';
import { eventually, mountPart } from '#tests/support/mount.ts';

let opener: HTMLButtonElement;

beforeEach(() => {
  opener = document.body.appendChild(document.createElement('button'));
  opener.textContent = '打开';
  opener.focus();
  return () => opener.remove();
});

/** A dialog around a part that traps the focus, which begins at `first`. */
function openDialog(first?: string, role = 'dialog') {
  const Part = defineComponent(() => {
    useFocusTrap(useTemplateRef<HTMLElement>('part'), first);
    return () => h('div', { ref: 'part' }, [h('p', '一段话'), h('button', '知道了'), h('button', '取消')]);
  });
  return mountPart({ render: () => h('div', { role, tabindex: -1 }, h(Part)) }, {});
}

describe('the trap of the focus', () => {
  it.each(['dialog', 'alertdialog'])('takes it to a %s as it opens', (role) => {
    openDialog(undefined, role);
    expect(document.activeElement).toBe(byRole(role as 'dialog'));
  });

  it('takes it to the part that was asked for', () => {
    openDialog('button');
    expect(document.activeElement).toBe(byRole('button', '知道了'));
  });

  it('takes it to the dialog where there is no such part', () => {
    openDialog('input');
    expect(document.activeElement).toBe(byRole('dialog'));
  });

  it('does not let it out', async () => {
    openDialog('button');
    opener.focus();
    await nextTick();
    expect(byRole('dialog').contains(document.activeElement)).toBe(true);
  });

  it('gives it back to where it was, once it is gone', async () => {
    const dialog = openDialog('button');
    dialog.unmount();
    await eventually(() => expect(document.activeElement).toBe(opener));
  });

  it('leaves Escape and the cover to what is around', async () => {
    openDialog('button');
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    document.body.click();
    opener.focus();
    await nextTick();
    expect(byRole('dialog').contains(document.activeElement)).toBe(true);
  });

  it('changes nothing outside a dialog', () => {
    openDialog('button', 'group');
    expect(document.activeElement).toBe(opener);
  });
});

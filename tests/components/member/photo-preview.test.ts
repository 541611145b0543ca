import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import PhotoPreview from '#src/components/member/PhotoPreview.vue';
import { messages as en } from '#src/locales/en.ts';
import { messages as zh } from '#src/locales/zh-CN.ts';
import { allByRole, byRole, nameOf, queryByRole } from '#tests/support/by-role.ts';
import { eventually, mountPart } from '#tests/support/mount.ts';

let opener: HTMLButtonElement;

beforeEach(() => {
  opener = document.body.appendChild(document.createElement('button'));
  opener.focus();
  return () => opener.remove();
});

async function preview(messages = zh) {
  const wrapper = mountPart(PhotoPreview, { url: 'photos/1.webp' }, { messages });
  await nextTick();
  await eventually(() => expect(queryByRole('img')).toBeDefined());
  return wrapper;
}

describe('the enlarged photo', () => {
  it('is a dialog with the photo and one way out, all three named', async () => {
    await preview();
    expect(nameOf(byRole('dialog'))).toBe('照片');
    expect(byRole('dialog').getAttribute('aria-modal')).toBe('true');
    expect(byRole('img', '照片').getAttribute('src')).toBe('photos/1.webp');
    expect(
      allByRole('button')
        .filter((button) => button !== opener)
        .map(nameOf),
    ).toEqual(['关闭照片']);
  });

  it('takes the focus, and gives it back', async () => {
    const wrapper = await preview();
    expect(byRole('dialog').contains(document.activeElement)).toBe(true);
    wrapper.unmount();
    await eventually(() => expect(document.activeElement).toBe(opener));
  });

  it('is closed by its button and by Escape', async () => {
    const wrapper = await preview();
    byRole('button', '关闭照片').click();
    byRole('button', '关闭照片').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }),
    );
    expect(wrapper.emitted('closed')).toHaveLength(2);
  });

  it('speaks English', async () => {
    await preview(en);
    expect(nameOf(byRole('dialog'))).toBe('Photo');
    expect(queryByRole('button', 'Close the photo')).toBeDefined();
  });
});

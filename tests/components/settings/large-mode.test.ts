import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import LargeMode from '#src/components/settings/LargeMode.vue';
import { messages as en } from '#src/locales/en.ts';
import { messages as zh } from '#src/locales/zh-CN.ts';
import { readAppearance } from '#src/theme/appearance.ts';
import { appServices } from '#tests/support/app-services.ts';
import { allByRole, byRole, nameOf, queryByRole } from '#tests/support/by-role.ts';
import { deviceStorage } from '#tests/support/device-storage.ts';
import { mountPart } from '#tests/support/mount.ts';

const page = document.documentElement;
afterEach(() => {
  page.classList.remove('large');
  page.style.fontSize = '';
});

function largeMode(storage: Storage | undefined = deviceStorage(), messages = zh) {
  mountPart(
    LargeMode,
    {},
    { services: appServices({ url: 'http://127.0.0.1:9/', services: { storage } }), messages },
  );
  return storage;
}

const keptLarge = (textSize: number) =>
  deviceStorage({ 'wecard-lookup:appearance': JSON.stringify({ textSize }) });

async function press() {
  byRole('switch').click();
  await nextTick();
}

async function slideTo(size: number) {
  const slider = byRole('slider');
  slider.value = String(size);
  slider.dispatchEvent(new Event('input'));
  await nextTick();
}

describe('the large mode', () => {
  it('is a switch with a name, off at first, and the only control then', () => {
    largeMode();
    const control = byRole('switch');
    expect(nameOf(control)).toContain('长辈版');
    expect(control.getAttribute('aria-checked')).toBe('false');
    expect(control.tagName).toBe('BUTTON');
    expect(allByRole('switch')).toHaveLength(1);
    expect(queryByRole('slider')).toBeUndefined();
  });

  it('enlarges the page at once, and the next time', async () => {
    const storage = largeMode();
    await press();
    expect(byRole('switch').getAttribute('aria-checked')).toBe('true');
    expect(page.classList).toContain('large');
    expect(page.style.fontSize).toBe('125%');
    expect(readAppearance(storage).textSize).toBe(20);
  });

  it('is on where the viewer left it on, in the size that they chose', () => {
    largeMode(keptLarge(26));
    expect(byRole('switch').getAttribute('aria-checked')).toBe('true');
    expect(byRole('slider').value).toBe('26');
  });

  it('has a size of 18 to 30 pixels, told in words', async () => {
    const storage = largeMode(keptLarge(20));
    const slider = byRole('slider');
    expect(nameOf(slider)).toContain('文字大小');
    expect(slider).toMatchObject({ min: '18', max: '30', step: '2' });
    expect(slider.getAttribute('aria-valuetext')).toBe('20 像素');
    await slideTo(28);
    expect(slider.getAttribute('aria-valuetext')).toBe('28 像素');
    expect(page.style.fontSize).toBe('175%');
    expect(readAppearance(storage).textSize).toBe(28);
  });

  it('leaves no trace when it is switched off', async () => {
    const storage = largeMode(keptLarge(30));
    await press();
    expect(page.classList).not.toContain('large');
    expect(page.style.fontSize).toBe('');
    expect(readAppearance(storage).textSize).toBeUndefined();
    expect(queryByRole('slider')).toBeUndefined();
  });

  it('works where the device keeps nothing', async () => {
    const full = deviceStorage();
    vi.spyOn(full, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    largeMode(full);
    await press();
    expect(byRole('switch').getAttribute('aria-checked')).toBe('true');
  });

  it('speaks English', () => {
    largeMode(keptLarge(20), en);
    expect(nameOf(byRole('switch'))).toContain('Large text');
    expect(byRole('slider').getAttribute('aria-valuetext')).toBe('20 pixels');
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useCopy } from '#src/composables/use-copy.ts';
import { messages as en } from '#src/locales/en.ts';
import { messages as zh } from '#src/locales/zh-CN.ts';
import { useToastStore } from '#src/stores/toast.ts';
import { mountPart } from '#tests/support/mount.ts';

let copied: string[];
let isAllowed: boolean;

/** A clipboard by the modern way alone, as this page has no command to copy by. */
beforeEach(() => {
  vi.useFakeTimers();
  copied = [];
  isAllowed = true;
  Object.assign(document, { execCommand: () => false });
  const writeText = (text: string) => {
    if (!isAllowed) return Promise.reject(new DOMException('', 'NotAllowedError'));
    copied.push(text);
    return Promise.resolve();
  };
  Object.defineProperty(window.navigator, 'clipboard', { configurable: true, value: { writeText } });
});

afterEach(() => {
  Reflect.deleteProperty(window.navigator, 'clipboard');
  Reflect.deleteProperty(document, 'execCommand');
  vi.useRealTimers();
});

function copying(messages = zh) {
  let parts: ReturnType<typeof useCopy> | undefined;
  const setup = () => {
    parts = useCopy();
    return () => null;
  };
  const page = mountPart({ setup }, {}, { messages });
  return {
    page,
    copy: (text: string, label: string) => parts?.copy(text, label),
    isCopied: () => parts?.isCopied.value,
  };
}

describe('copying', () => {
  it('says what is on the clipboard, in a toast and for two seconds beside it', async () => {
    const { copy, isCopied } = copying();
    await copy('07302590', '电子卡号');
    expect(copied).toEqual(['07302590']);
    expect(useToastStore().message).toBe('已复制电子卡号');
    expect(isCopied()).toBe(true);
    vi.advanceTimersByTime(1_999);
    expect(isCopied()).toBe(true);
    vi.advanceTimersByTime(1);
    expect(isCopied()).toBe(false);
  });

  it('says what to do where the browser refuses', async () => {
    isAllowed = false;
    const { copy, isCopied } = copying();
    await copy('07302590', '电子卡号');
    expect(useToastStore().message).toBe('无法复制，请长按选择文字');
    expect(isCopied()).toBe(false);
  });

  it('shows each success for its whole time', async () => {
    const { copy, isCopied } = copying();
    await copy('07302590', '电子卡号');
    vi.advanceTimersByTime(1_500);
    await copy('07302590', '电子卡号');
    vi.advanceTimersByTime(1_500);
    expect(isCopied()).toBe(true);
  });

  it('leaves no timer of its own behind', async () => {
    const { page, copy } = copying();
    await copy('07302590', '电子卡号');
    const ofToast = vi.getTimerCount() - 1;
    page.unmount();
    expect(vi.getTimerCount()).toBe(ofToast);
  });

  it('speaks English', async () => {
    const { copy } = copying(en);
    await copy('07302590', 'Card number');
    expect(useToastStore().message).toBe('Copied: Card number');
  });
});

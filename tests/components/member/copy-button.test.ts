import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import CopyButton from '#src/components/member/CopyButton.vue';
import { useToastStore } from '#src/stores/toast.ts';
import { mountPart } from '#tests/support/mount.ts';

const writeText = vi.fn<(text: string) => Promise<void>>();
const command = vi.fn<() => boolean>();

beforeEach(() => {
  vi.useFakeTimers();
  writeText.mockReset().mockResolvedValue();
  command.mockReset().mockReturnValue(false);
  offer({ writeText });
  Object.assign(document, { execCommand: command });
});

afterEach(() => {
  Reflect.deleteProperty(window.navigator, 'clipboard');
  Reflect.deleteProperty(document, 'execCommand');
  vi.useRealTimers();
});

function offer(clipboard: object | undefined) {
  Object.defineProperty(window.navigator, 'clipboard', { configurable: true, value: clipboard });
}

/** Presses it; @returns what the viewer is told after so long. */
async function copied(afterMs = 0): Promise<string> {
  const button = mountPart(CopyButton, { text: '07302590', label: '电子卡号' });
  await button.get('button').trigger('click');
  await vi.advanceTimersByTimeAsync(afterMs);
  return useToastStore().message;
}

describe('copying', () => {
  it('says that it is done', async () => {
    expect(await copied()).toBe('已复制电子卡号');
    expect(writeText).toHaveBeenCalledWith('07302590');
  });

  it.each([
    ['is refused', () => writeText.mockRejectedValue(new DOMException('', 'NotAllowedError'))],
    [
      'throws',
      () => {
        writeText.mockImplementation(() => {
          throw new TypeError('not a function');
        });
        command.mockImplementation(() => {
          throw new Error('SecurityError');
        });
      },
    ],
    ['does not exist', () => offer(undefined)],
  ])('says so where it %s', async (_how, prepare) => {
    prepare();
    expect(await copied()).toBe('无法复制，请长按选择文字');
  });

  it('says so where it never ends, after three seconds', async () => {
    writeText.mockReturnValue(new Promise(() => undefined));
    expect(await copied(2_900)).toBe('');
    await vi.advanceTimersByTimeAsync(200);
    expect(useToastStore().message).toBe('无法复制，请长按选择文字');
  });

  it('goes on to the modern way where the command throws', async () => {
    command.mockImplementation(() => {
      throw new Error('SecurityError');
    });
    expect(await copied()).toBe('已复制电子卡号');
  });
});

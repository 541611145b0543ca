import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick, shallowRef } from 'vue';
import { useDelayedFlag } from '#src/composables/use-delayed-flag.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function delayed(first: boolean) {
  const isOn = shallowRef(first);
  const scope = effectScope();
  const flag = scope.run(() => useDelayedFlag(() => isOn.value));
  return {
    scope,
    flag: () => flag?.value,
    set: async (next: boolean) => {
      isOn.value = next;
      await nextTick();
    },
  };
}

describe('a delayed flag', () => {
  it('is up once there was something to wait for during 150 ms', () => {
    const { flag } = delayed(true);
    vi.advanceTimersByTime(149);
    expect(flag()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(flag()).toBe(true);
  });

  it('never is for a quick answer', async () => {
    const { flag, set } = delayed(true);
    vi.advanceTimersByTime(100);
    await set(false);
    vi.advanceTimersByTime(1_000);
    expect(flag()).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is down as soon as the answer is there', async () => {
    const { flag, set } = delayed(true);
    vi.advanceTimersByTime(150);
    await set(false);
    expect(flag()).toBe(false);
  });

  it('counts from anew after a break', async () => {
    const { flag, set } = delayed(true);
    vi.advanceTimersByTime(100);
    await set(false);
    await set(true);
    vi.advanceTimersByTime(100);
    expect(flag()).toBe(false);
    vi.advanceTimersByTime(50);
    expect(flag()).toBe(true);
  });

  it('leaves no timer behind', () => {
    delayed(true).scope.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});

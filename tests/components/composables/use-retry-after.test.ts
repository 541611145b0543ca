import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shallowRef } from 'vue';
import type { Ref } from 'vue';
import { LookupFailure } from '#src/api/failure.ts';
import { useRetryAfter } from '#src/composables/use-retry-after.ts';
import { appServices, NOW } from '#tests/support/app-services.ts';
import { mountPart } from '#tests/support/mount.ts';

let clock: number;

beforeEach(() => {
  clock = NOW;
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

function waitUntil(first: number | undefined) {
  const until = shallowRef(first);
  let isWaiting: Ref<boolean> | undefined;
  const services = appServices({ url: 'http://127.0.0.1:9/', services: { now: () => clock } });
  const setup = () => {
    ({ isWaiting } = useRetryAfter(() => new LookupFailure('limited', { retryAt: until.value })));
    return () => null;
  };
  const page = mountPart({ setup }, {}, { services });
  return { page, until, isWaiting: () => isWaiting?.value };
}

async function pass(ms: number) {
  clock += ms;
  await vi.advanceTimersByTimeAsync(ms);
}

describe('a wait', () => {
  it('is none where no time was told, or one that is over', () => {
    expect(waitUntil(undefined).isWaiting()).toBe(false);
    expect(waitUntil(NOW).isWaiting()).toBe(false);
    expect(waitUntil(NOW - 1).isWaiting()).toBe(false);
  });

  it('ends when its time is over, within a second', async () => {
    const { isWaiting } = waitUntil(NOW + 5_000);
    expect(isWaiting()).toBe(true);
    await pass(4_000);
    expect(isWaiting()).toBe(true);
    await pass(1_000);
    expect(isWaiting()).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is over when the device wakes after it, however long its timers slept', async () => {
    const { isWaiting } = waitUntil(NOW + 3_600_000);
    clock += 3_600_000;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(isWaiting()).toBe(false);
  });

  it('begins anew with another time', async () => {
    const { until, isWaiting } = waitUntil(NOW + 5_000);
    until.value = NOW + 10_000;
    await pass(6_000);
    expect(isWaiting()).toBe(true);
    until.value = undefined;
    await pass(0);
    expect(isWaiting()).toBe(false);
  });

  it('leaves no timer behind', () => {
    waitUntil(NOW + 5_000).page.unmount();
    expect(vi.getTimerCount()).toBe(0);
  });
});

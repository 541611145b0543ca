import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setActivePinia } from 'pinia';
import { LookupFailure } from '#src/api/failure.ts';
import { useRevealStore } from '#src/stores/reveal.ts';
import { appServices, piniaWith } from '#tests/support/app-services.ts';

function storeWith(reveal: () => Promise<string>) {
  setActivePinia(
    piniaWith(
      appServices({
        url: 'http://127.0.0.1/',
        services: { reveal: { reveal, verify: () => Promise.resolve(true) } },
      }),
    ),
  );
  return useRevealStore();
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a revealed value', () => {
  it('is masked again after thirty seconds, which are counted down', async () => {
    const store = storeWith(() => Promise.resolve('16000030117'));
    await store.reveal('ref', 'telephone');
    expect(store.reveals.telephone).toEqual({ status: 'shown', value: '16000030117', secondsLeft: 30 });
    vi.advanceTimersByTime(29_000);
    expect(store.reveals.telephone).toMatchObject({ secondsLeft: 1 });
    vi.advanceTimersByTime(1_000);
    expect(store.reveals.telephone).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is masked again at once when asked', async () => {
    const store = storeWith(() => Promise.resolve('16000030117'));
    await store.reveal('ref', 'telephone');
    store.mask('telephone');
    expect(store.reveals.telephone).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not come after the page was left', async () => {
    let answer: ((value: string) => void) | undefined;
    const store = storeWith(() => new Promise((resolve) => (answer = resolve)));
    const asked = store.reveal('ref', 'telephone');
    store.clear();
    answer?.('16000030117');
    await asked;
    expect(store.reveals).toEqual({});
    expect(vi.getTimerCount()).toBe(0);
  });

  it('says why it cannot be told', async () => {
    const store = storeWith(() => Promise.reject(new LookupFailure('forbidden')));
    await store.reveal('ref', 'telephone');
    expect(store.reveals.telephone).toMatchObject({ status: 'failed', failure: { kind: 'forbidden' } });
  });
});

import { describe, expect, it } from 'vitest';
import { nextTick, shallowRef } from 'vue';
import { useRetryWhenOnline } from '#src/composables/use-retry-when-online.ts';
import { appServices } from '#tests/support/app-services.ts';
import { mountPart } from '#tests/support/mount.ts';

/** A network whose return is told by hand, and how often that led to another try. */
function listen(isOfflineAtFirst: boolean) {
  const isOffline = shallowRef(isOfflineAtFirst);
  const listeners = new Set<() => void>();
  const network = {
    onPerhapsBack(tell: () => void) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
  };
  let tries = 0;
  const setup = () => {
    useRetryWhenOnline(
      () => isOffline.value,
      () => (tries += 1),
    );
    return () => null;
  };
  const services = appServices({ url: 'http://127.0.0.1:9/', services: { network } });
  const page = mountPart({ setup }, {}, { services });
  return {
    page,
    isOffline,
    perhapsBack: () => listeners.forEach((tell) => tell()),
    tries: () => tries,
    listeners,
  };
}

describe('trying again by itself', () => {
  it('happens each time that the network may be back, as long as it is gone', () => {
    const { perhapsBack, tries } = listen(true);
    perhapsBack();
    perhapsBack();
    expect(tries()).toBe(2);
  });

  it('does not happen for anything else that failed', () => {
    const { perhapsBack, tries } = listen(false);
    perhapsBack();
    expect(tries()).toBe(0);
  });

  it('begins with the failure and ends with the answer', async () => {
    const { isOffline, perhapsBack, tries } = listen(false);
    isOffline.value = true;
    await nextTick();
    perhapsBack();
    isOffline.value = false;
    await nextTick();
    perhapsBack();
    expect(tries()).toBe(1);
  });

  it('ends with the screen', () => {
    const { page, listeners } = listen(true);
    page.unmount();
    expect(listeners.size).toBe(0);
  });
});

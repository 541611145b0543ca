import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Router } from 'vue-router';
import { BROWSER } from '#src/browser/host.ts';
import BackLink from '#src/components/layout/BackLink.vue';
import { messages as en } from '#src/locales/en.ts';
import { appServices } from '#tests/support/app-services.ts';
import { byRole, nameOf, queryByRole } from '#tests/support/by-role.ts';
import { eventually, mountPart } from '#tests/support/mount.ts';

afterEach(() => history.replaceState(null, ''));

interface Place {
  /** The search is behind this screen, in the browser's history. */
  hasPast: boolean;
  hasTitleBar?: boolean;
}

/** A screen that the search led to. */
async function settingsScreen({ hasPast, hasTitleBar = false }: Place) {
  history.replaceState({ back: hasPast ? '/' : null }, '');
  const services = appServices({
    url: 'http://127.0.0.1:9/',
    services: { host: { ...BROWSER, hasTitleBar } },
  });
  const { vm } = mountPart(BackLink, {}, { services });
  await vm.$router.push('/');
  await vm.$router.push('/settings');
  return vm;
}

/** Where the browser's way forward leads. */
function ahead({ $router }: { $router: Router }): string {
  $router.forward();
  return $router.options.history.location;
}

describe('the way back', () => {
  it('is a link to the search, with a name', async () => {
    await settingsScreen({ hasPast: true });
    expect(nameOf(byRole('link'))).toBe('返回搜索');
    expect(byRole('link').getAttribute('href')).toBe('/');
  });

  it('goes back in history where the search is there, so that it is as it was', async () => {
    const vm = await settingsScreen({ hasPast: true });
    byRole('link').click();
    await eventually(() => expect(vm.$route.path).toBe('/'));
    expect(ahead(vm)).toBe('/settings');
  });

  it('goes to the search from a screen that was opened by its address: back would leave the page', async () => {
    const vm = await settingsScreen({ hasPast: false });
    const back = vi.spyOn(vm.$router, 'back');
    byRole('link').click();
    await eventually(() => expect(vm.$route.path).toBe('/'));
    expect(back).not.toHaveBeenCalled();
    expect(ahead(vm)).toBe('/');
  });

  it('is left to the browser where another tab is asked for', async () => {
    const vm = await settingsScreen({ hasPast: true });
    const click = new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true });
    // What the browser does with it is none of this test's.
    document.body.addEventListener('click', (event) => event.preventDefault(), { once: true });
    byRole('link').dispatchEvent(click);
    expect(vm.$router.options.history.location).toBe('/settings');
  });

  it('is the host’s where that has one, but for a screen with nothing before it', async () => {
    await settingsScreen({ hasPast: true, hasTitleBar: true });
    expect(queryByRole('link')).toBeUndefined();
    await settingsScreen({ hasPast: false, hasTitleBar: true });
    expect(queryByRole('link')).toBeDefined();
  });

  it('speaks English', () => {
    mountPart(BackLink, {}, { messages: en });
    expect(nameOf(byRole('link'))).toBe('Back to search');
  });
});

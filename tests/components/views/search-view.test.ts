import { describe, expect, it, onTestFinished } from 'vitest';
import { createSSRApp, nextTick } from 'vue';
import { createMemoryHistory } from 'vue-router';
import { renderToString } from 'vue/server-renderer';
import { createLookupApp } from '#src/create-app.ts';
import { messages } from '#src/locales/zh-CN.ts';
import { createAppRouter } from '#src/router.ts';
import type { EarlyInput, Services } from '#src/services.ts';
import { appServices } from '#tests/support/app-services.ts';
import { byRole, queryByRole } from '#tests/support/by-role.ts';

const NOBODY = 'http://127.0.0.1:9/';

async function createApp(services: Partial<Services> = {}) {
  const router = createAppRouter(createMemoryHistory());
  await router.push('/');
  const all = appServices({ url: NOBODY, config: { relay: false }, services });
  return createLookupApp({ create: createSSRApp, messages, router, services: all });
}

/** Puts the prerendered screen into the page, and the app over it. `whenAsked` runs as a search is sent. */
async function takeOver(earlyInput: EarlyInput, whenAsked: () => void) {
  const root = document.createElement('div');
  root.innerHTML = await renderToString(await createApp());
  document.body.append(root);
  const asked: unknown[] = [];
  const search = (request: unknown) => {
    asked.push(request);
    whenAsked();
    return new Promise<never>(() => undefined);
  };
  const app = await createApp({ earlyInput, members: { search } });
  app.mount(root);
  onTestFinished(() => {
    app.unmount();
    root.remove();
  });
  return asked;
}

describe('what was submitted before the app had started', () => {
  it('is asked for while the prerendered screen is still as it came', async () => {
    let answered: string | null = '';
    const asked = await takeOver({ typed: '王芳', submitted: '王芳' }, () => {
      // Nothing listens yet.
      const large = byRole('button', messages.tools.large);
      large.click();
      answered = large.getAttribute('aria-pressed');
    });
    expect(asked).toEqual([{ keywords: '王芳' }]);
    expect(answered).toBe('false');
    await nextTick();
    expect(byRole('button', messages.tools.large).getAttribute('aria-pressed')).toBe('false');
    expect(queryByRole('heading', messages.search.guideTitle)).toBeUndefined();
  });

  it('says why it cannot be searched', async () => {
    const asked = await takeOver({ typed: ' ', submitted: ' ' }, () => undefined);
    await nextTick();
    expect(asked).toEqual([]);
    expect(byRole('alert').textContent).toBe(messages.search.problems.empty);
  });

  it('leaves the guide where nothing was', async () => {
    const asked = await takeOver({ typed: '王', submitted: undefined }, () => undefined);
    await nextTick();
    expect(asked).toEqual([]);
    expect(byRole('heading', messages.search.guideTitle)).toBeDefined();
  });
});

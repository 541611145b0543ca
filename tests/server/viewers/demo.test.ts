import { describe, expect, it } from 'vitest';
import { VIEWER_KINDS } from '#contract/session.ts';
import { Browser } from '#tests/server/sign-in/browser.ts';
import { startSignInRelay } from '#tests/server/sign-in/relay.ts';

const REAL = {
  SIGN_IN: 'none',
  WECARD_BASE_URL: 'https://open.wecard.qq.com',
  WECARD_APP_KEY: 'key',
  WECARD_APP_SECRET: 'secret',
  WECARD_OCODE: '1',
};

describe('the demonstration', () => {
  it('shows everybody as staff, and lets them try each kind of viewer', async () => {
    const { url } = await startSignInRelay({ SIGN_IN: 'none' });
    const browser = new Browser();
    expect(await (await browser.get(`${url}/api/session`)).json()).toMatchObject({
      viewer: { kind: 'staff' },
      canSignOut: false,
      signInUrl: '',
      demoKinds: VIEWER_KINDS,
    });
    for (const kind of VIEWER_KINDS) {
      const answer = await browser.post(`${url}/api/demo/viewer`, { kind });
      expect(await answer.json()).toMatchObject({ viewer: { kind } });
      expect(await (await browser.get(`${url}/api/session`)).json()).toMatchObject({ viewer: { kind } });
    }
    expect(await (await new Browser().get(`${url}/api/session`)).json()).toMatchObject({
      viewer: { kind: 'staff' },
    });
  });

  it.each([{ kind: 'admin' }, { kind: 'staff', id: '1' }, {}, [], 'kiosk', null])(
    'knows no other kind: %j',
    async (body) => {
      const { url } = await startSignInRelay({ SIGN_IN: 'none' });
      expect((await new Browser().post(`${url}/api/demo/viewer`, body)).status).toBe(400);
    },
  );

  it.each([
    ['with sign-in', { SIGN_IN: 'wecard' }],
    ['with real people', REAL],
  ])('has no switch %s', async (_when, variables) => {
    const { url, relay } = await startSignInRelay(variables);
    expect(relay.app.hasRoute({ method: 'POST', url: '/api/demo/viewer' })).toBe(false);
    expect(await (await new Browser().get(`${url}/api/session`)).json()).toMatchObject({ demoKinds: [] });
  });

  it('leaves no cookie that counts once there is a sign-in', async () => {
    const SESSION_KEYS = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64');
    const demo = await startSignInRelay({ SIGN_IN: 'none', SESSION_KEYS });
    const browser = new Browser();
    await browser.post(`${demo.url}/api/demo/viewer`, { kind: 'staff' });
    const { port } = new URL(demo.url);
    await demo.relay.close();
    const { url } = await startSignInRelay({ SESSION_KEYS, PORT: port });
    expect(browser.cookies.size).toBe(1);
    expect(await (await browser.get(`${url}/api/session`)).json()).toMatchObject({ viewer: null });
  });
});

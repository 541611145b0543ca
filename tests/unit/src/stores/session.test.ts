import { describe, expect, it } from 'vitest';
import { LookupFailure } from '#src/api/failure.ts';
import { useSearchStore } from '#src/stores/search.ts';
import { useSessionStore } from '#src/stores/session.ts';
import type { SessionAnswer } from '#contract/session.ts';
import { appServices, piniaWith } from '#tests/support/app-services.ts';
import { gate, startGateway } from '#tests/support/gateway.ts';

const nobody: SessionAnswer = {
  errcode: 0,
  errmsg: 'ok',
  viewer: null,
  signInUrl: '',
  canSignOut: false,
  signOutUrl: '',
  expiresIn: null,
  demoKinds: [],
};

/** A relay that takes its time to change who is looking, and tells a phone to everybody before. */
async function storesWithSlowChange() {
  let telephone: string | undefined = '13712345678';
  const gateway = await startGateway(() => ({
    body: { errcode: 0, userlist: [{ name: '张伟', telephone }] },
  }));
  const { opened, open } = gate();
  async function change() {
    await opened;
    telephone = undefined;
    return nobody;
  }
  const api = {
    current: () => Promise.resolve(nobody),
    become: change,
    signOut: () => change().then(() => undefined),
  };
  const pinia = piniaWith(appServices({ url: gateway.url, services: { session: api } }));
  return { session: useSessionStore(pinia), search: useSearchStore(pinia), open };
}

describe('who is looking', () => {
  it('searches again, as who one has become, what was searched meanwhile', async () => {
    const { session, search, open } = await storesWithSlowChange();
    const becoming = session.become('student');
    expect(session.isBecoming).toBe(true);
    await search.search('张伟');
    expect(search.results?.hits[0]?.member.telephone).toBe('13712345678');
    open();
    await becoming;
    expect(session.isBecoming).toBe(false);
    expect(search.results?.hits.map((hit) => hit.member)).toEqual([{ name: '张伟' }]);
  });

  it('forgets at its end what was found while it signed out', async () => {
    const { session, search, open } = await storesWithSlowChange();
    const leaving = session.signOut();
    await search.search('张伟');
    open();
    await leaving;
    expect(search.state.status).toBe('idle');
  });

  describe('signs out at a gateway', () => {
    const signedIn: SessionAnswer = {
      ...nobody,
      viewer: { kind: 'staff', searches: ['name'] },
      signInUrl: 'auth/login',
      canSignOut: true,
      signOutUrl: '/auth/gateway?logout=here',
    };

    async function leaving(signOut: () => Promise<void>) {
      const left: string[] = [];
      const api = {
        current: () => Promise.resolve(signedIn),
        become: () => Promise.resolve(nobody),
        signOut,
      };
      const services = { session: api, leave: (url: string) => void left.push(url) };
      const session = useSessionStore(piniaWith(appServices({ url: 'http://127.0.0.1:9/', services })));
      await session.load();
      await session.signOut();
      return { left, session };
    }

    it('once it is out here', async () => {
      const { left, session } = await leaving(() => Promise.resolve());
      expect(left).toEqual(['/auth/gateway?logout=here']);
      expect(session.isSignedOut).toBe(true);
    });

    it('also where the session here was over before', async () => {
      const { left } = await leaving(() => Promise.reject(new LookupFailure('signed-out')));
      expect(left).toEqual(['/auth/gateway?logout=here']);
    });

    it('but not while the session here goes on', async () => {
      const { left, session } = await leaving(() => Promise.reject(new LookupFailure('offline')));
      expect(left).toEqual([]);
      expect(session.session?.viewer?.kind).toBe('staff');
    });
  });
});

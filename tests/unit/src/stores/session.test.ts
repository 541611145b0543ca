import { describe, expect, it } from 'vitest';
import { LookupFailure } from '#src/api/failure.ts';
import { useSearchStore } from '#src/stores/search.ts';
import { useSessionStore } from '#src/stores/session.ts';
import type { SessionAnswer, ViewerKind } from '#contract/session.ts';
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

  it('stays who one has become, however late it comes who one was', async () => {
    const { opened, open } = gate();
    const viewer = (kind: ViewerKind): SessionAnswer => ({ ...nobody, viewer: { kind, searches: [] } });
    const api = {
      current: () => opened.then(() => viewer('staff')),
      become: () => Promise.resolve(viewer('student')),
      signOut: () => Promise.resolve(),
    };
    const services = { session: api };
    const session = useSessionStore(piniaWith(appServices({ url: 'http://127.0.0.1:9/', services })));
    const loading = session.load();
    await session.become('student');
    open();
    await loading;
    expect(session.session?.viewer?.kind).toBe('student');
  });

  it('takes what was typed along when it signs out, and leaves it to who one becomes', async () => {
    const { session, search, open } = await storesWithSlowChange();
    open();
    search.typed = '张伟';
    await session.become('student');
    expect(search.typed).toBe('张伟');
    await session.signOut();
    expect(search.typed).toBe('');
  });

  describe('signs out at a gateway', () => {
    const signedIn: SessionAnswer = {
      ...nobody,
      viewer: { kind: 'staff', searches: ['name'] },
      signInUrl: 'auth/login',
      canSignOut: true,
      signOutUrl: '/auth/gateway?logout=here',
    };

    async function leaving(signOut: () => Promise<void>, isGone = false) {
      const left: string[] = [];
      let asked = 0;
      const api = {
        current: () => {
          asked += 1;
          return asked > 1 && isGone
            ? Promise.reject(new LookupFailure('offline'))
            : Promise.resolve(signedIn);
        },
        become: () => Promise.resolve(nobody),
        signOut,
      };
      const services = { session: api, leave: (url: string) => void left.push(url) };
      const session = useSessionStore(piniaWith(appServices({ url: 'http://127.0.0.1:9/', services })));
      await session.load();
      const isOver = await session.signOut();
      return { left, session, isOver };
    }

    it('once it is out here', async () => {
      const { left, session, isOver } = await leaving(() => Promise.resolve());
      expect(isOver).toBe(true);
      expect(left).toEqual(['/auth/gateway?logout=here']);
      expect(session.isSignedOut).toBe(true);
    });

    it('also where the session here was over before', async () => {
      const { left } = await leaving(() => Promise.reject(new LookupFailure('signed-out')));
      expect(left).toEqual(['/auth/gateway?logout=here']);
    });

    it('but not while the session here goes on', async () => {
      const refuse = () => Promise.reject(new LookupFailure('offline'));
      const { left, session, isOver } = await leaving(refuse, true);
      expect(isOver).toBe(false);
      expect(left).toEqual([]);
      expect(session.session?.viewer?.kind).toBe('staff');
    });
  });
});

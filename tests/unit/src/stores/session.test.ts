import { describe, expect, it } from 'vitest';
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
});

import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { VIEWER_KINDS } from '#contract/session.ts';
import type { SessionAnswer, ViewerKind } from '#contract/session.ts';
import { LookupFailure } from '#src/api/failure.ts';
import type { SessionApi } from '#src/api/session.ts';
import { loadMemberView } from '#src/routes.ts';
import { messages } from '#src/locales/zh-CN.ts';
import { appServices } from '#tests/support/app-services.ts';
import { eventually, mountApp } from '#tests/support/mount.ts';

const ORIGIN = 'http://127.0.0.1:9/';

function answer(kind: ViewerKind | undefined, rest: Partial<SessionAnswer> = {}): SessionAnswer {
  return {
    errcode: 0,
    errmsg: 'ok',
    viewer: kind === undefined ? null : { kind, searches: ['card-number', 'name'] },
    signInUrl: 'auth/login',
    canSignOut: kind !== undefined,
    signOutUrl: '',
    expiresIn: null,
    demoKinds: [],
    ...rest,
  };
}

/** A relay's sessions, in memory. */
function relayWith(first: SessionAnswer | undefined) {
  let current = first;
  const calls: string[] = [];
  const api: SessionApi = {
    current() {
      calls.push('current');
      return current === undefined ? Promise.reject(new LookupFailure('offline')) : Promise.resolve(current);
    },
    signOut() {
      calls.push('signOut');
      current = answer(undefined);
      return Promise.resolve();
    },
    become(kind) {
      calls.push(`become ${kind}`);
      current = answer(kind, { demoKinds: [...VIEWER_KINDS], signInUrl: '', canSignOut: false });
      return Promise.resolve(current);
    },
  };
  return { api, calls };
}

async function open(api: SessionApi | undefined, config: { relay: boolean; demo?: boolean }, path = '/') {
  const services = appServices({ url: ORIGIN, config, services: { session: api } });
  return (await mountApp(ORIGIN, path, { services })).page;
}

/** The demonstration's answer, with these kinds to choose from. */
function demoAnswer(kinds: readonly ViewerKind[] = VIEWER_KINDS) {
  return answer('staff', { demoKinds: [...kinds], signInUrl: '', canSignOut: false });
}

/** The box takes the focus, and what a search needs begins to come. */
afterAll(() => loadMemberView());

describe('who is looking', () => {
  beforeEach(() => {
    document.body.replaceChildren();
  });

  it('is told, with a way out that leads to the way in', async () => {
    const { api, calls } = relayWith(answer('staff'));
    const page = await open(api, { relay: true });
    await eventually(() => expect(page.get('.session').text()).toContain('教职工'));
    expect(page.text()).not.toContain(messages.session.signInFirst);

    await page.get('.session button').trigger('click');

    await eventually(() => expect(page.text()).toContain(messages.session.signInFirst));
    expect(page.find('.session button').exists()).toBe(false);
    expect(page.get('a.van-button').attributes('href')).toBe('auth/login?return=%2F');
    expect(calls).toEqual(['current', 'signOut', 'current']);
  });

  it('is told on where the way out does not lead there, and why', async () => {
    const { api } = relayWith(answer('staff'));
    const signOut = () => Promise.reject(new LookupFailure('offline'));
    const page = await open({ ...api, signOut }, { relay: true });
    await eventually(() => expect(page.find('.session button').exists()).toBe(true));
    await page.get('.session button').trigger('click');
    await eventually(() => expect(page.text()).toContain(messages.session.signOutFailed));
    expect(page.get('.session').text()).toContain('教职工');
  });

  it('is told by the name that a gateway tells, also where it tells no way out', async () => {
    const viewer: SessionAnswer['viewer'] = { kind: 'staff', searches: ['name'], name: '沈青禾' };
    const page = await open(relayWith(answer('staff', { viewer, canSignOut: false })).api, { relay: true });
    await eventually(() => expect(page.get('.session').text()).toBe('当前用户：沈青禾'));
    expect(page.find('.session button').exists()).toBe(false);
  });

  it('says nothing while the relay does not answer', async () => {
    const { api, calls } = relayWith(undefined);
    const page = await open(api, { relay: true });
    await eventually(() => expect(calls).toEqual(['current']));
    await eventually(() => expect(page.find('.session').exists()).toBe(false));
    expect(page.text()).not.toContain(messages.session.signInFirst);
  });

  it('is nobody’s question without a relay', async () => {
    const page = await open(undefined, { relay: false });
    expect(page.find('.session').exists()).toBe(false);
    expect(page.find('select').exists()).toBe(false);
  });

  it('can be anybody in the demonstration', async () => {
    const { api, calls } = relayWith(demoAnswer());
    const page = await open(api, { relay: true, demo: true });
    await eventually(() => expect(page.find('select').exists()).toBe(true));
    const choice = page.get('select');
    expect(choice.attributes('aria-label')).toBe(messages.session.viewAs);
    expect(choice.findAll('option').map((option) => option.text())).toContain('自助终端');

    await choice.setValue('kiosk');

    await eventually(() => expect(calls).toContain('become kiosk'));
    await eventually(() => expect(choice.element.value).toBe('kiosk'));
    expect(page.text()).not.toContain(messages.session.signOut);
  });

  it('stays who it was where the demonstration cannot change it', async () => {
    const { api } = relayWith(demoAnswer());
    const become = () => Promise.reject(new LookupFailure('offline'));
    const page = await open({ ...api, become }, { relay: true, demo: true });
    await eventually(() => expect(page.find('select').exists()).toBe(true));
    const choice = page.get('select');
    await choice.setValue('student');
    await eventually(() => expect(choice.attributes('aria-busy')).toBe('false'));
    expect(choice.element.value).toBe('staff');
  });

  it('is somebody else on the search screen, wherever that was chosen', async () => {
    const { api } = relayWith(demoAnswer());
    const page = await open(api, { relay: true, demo: true }, '/settings');
    await eventually(() => expect(page.find('select').exists()).toBe(true));
    await page.get('select').setValue('student');
    await eventually(() => expect(page.find('input[type=search]').exists()).toBe(true));
    await eventually(() => expect(page.get('select').element.value).toBe('student'));
  });

  it('cannot be chosen where the demonstration offers nobody', async () => {
    const { api } = relayWith(demoAnswer([]));
    const page = await open(api, { relay: true, demo: true });
    await eventually(() => expect(page.find('select').exists()).toBe(false));
    expect(page.text()).toContain('演示数据');
  });
});

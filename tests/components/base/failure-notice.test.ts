import { describe, expect, it } from 'vitest';
import { defineComponent, h, nextTick, shallowRef } from 'vue';
import { FAILURE_KINDS } from '#contract/errors.ts';
import type { FailureKind } from '#contract/errors.ts';
import { LookupFailure } from '#src/api/failure.ts';
import FailureNotice from '#src/components/base/FailureNotice.vue';
import { messages } from '#src/locales/zh-CN.ts';
import { appServices, NOW } from '#tests/support/app-services.ts';
import { mountPart } from '#tests/support/mount.ts';

const school = { name: '江南大学', logo: '', accent: '', contact: '信息中心 8591 0000', privacyUrl: '' };

function notice(
  kind: FailureKind,
  details: ConstructorParameters<typeof LookupFailure>[1] = {},
  relay = true,
) {
  const services = appServices({ url: 'http://127.0.0.1:9/', config: { school, relay } });
  return mountPart(FailureNotice, { failure: new LookupFailure(kind, details) }, { services });
}

function noticeBeside(signInUrl: string) {
  const services = appServices({ url: 'http://127.0.0.1:9/', config: { signInUrl } });
  return mountPart(FailureNotice, { failure: new LookupFailure('signed-out') }, { services });
}

/** A notice beside a network whose return is told by hand. */
function listen(kind: FailureKind) {
  const listeners = new Set<() => void>();
  const network = {
    onPerhapsBack(tell: () => void) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
  };
  const services = appServices({ url: 'http://127.0.0.1:9/', services: { network } });
  const wrapper = mountPart(FailureNotice, { failure: new LookupFailure(kind) }, { services });
  return { wrapper, listeners, perhapsBack: () => listeners.forEach((tell) => tell()) };
}

describe('trying again by itself', () => {
  it('happens each time that the network may be back, as long as it is gone', () => {
    const { wrapper, perhapsBack } = listen('offline');
    perhapsBack();
    perhapsBack();
    expect(wrapper.emitted('retry')).toEqual([['quietly'], ['quietly']]);
  });

  it('does not happen for anything else that failed', () => {
    expect(listen('busy').listeners.size).toBe(0);
  });

  it('begins and ends with the failure', async () => {
    const { wrapper, listeners } = listen('busy');
    await wrapper.setProps({ failure: new LookupFailure('offline') });
    expect(listeners.size).toBe(1);
    await wrapper.setProps({ failure: new LookupFailure('timeout') });
    expect(listeners.size).toBe(0);
  });

  it('ends with the screen', () => {
    const { wrapper, listeners } = listen('offline');
    wrapper.unmount();
    expect(listeners.size).toBe(0);
  });
});

describe('a failure’s notice', () => {
  it.each(FAILURE_KINDS)('says what %s means, as an alert', (kind) => {
    const alert = notice(kind).get('[role=alert]');
    expect(alert.text()).toContain(messages.failure.kinds[kind].title);
    expect(alert.text()).toContain(messages.failure.kinds[kind].advice);
  });

  it.each(FAILURE_KINDS)('shows a way forward from %s', (kind) => {
    const text = notice(kind).text();
    const ways = [messages.failure.retry, messages.failure.signIn, school.contact, '检查'];
    expect(ways.some((way) => text.includes(way))).toBe(true);
  });

  it('asks for a retry', async () => {
    const wrapper = notice('busy');
    await wrapper.get('button').trigger('click');
    expect(wrapper.emitted('retry')).toHaveLength(1);
  });

  it('hands the focus on to what is around when it goes', async () => {
    const isShown = shallowRef(true);
    const failure = new LookupFailure('busy');
    const screen = defineComponent(
      () => () => h('main', { tabindex: -1 }, isShown.value ? [h(FailureNotice, { failure })] : []),
    );
    const wrapper = mountPart(screen, {});
    wrapper.get('button').element.focus();
    isShown.value = false;
    await nextTick();
    expect(document.activeElement).toBe(wrapper.get('main').element);
  });

  it.each(['forbidden', 'not-enabled', 'set-up', 'invalid'] as const)('offers no retry after %s', (kind) => {
    expect(notice(kind).find('button').exists()).toBe(false);
  });

  it('leads to sign-in where the relay has one', () => {
    expect(notice('signed-out').get('a').attributes('href')).toBe('auth/login?return=%2F');
    expect(notice('signed-out', {}, false).get('button').text()).toBe(messages.failure.retry);
  });

  it.each([
    [
      'https://sso.campus.example/login?service={return}',
      'https://sso.campus.example/login?service=http%3A%2F%2F127.0.0.1%3A9%2F',
    ],
    ['login?to={return}', 'http://127.0.0.1:9/login?to=http%3A%2F%2F127.0.0.1%3A9%2F'],
    ['/sso', 'http://127.0.0.1:9/sso'],
  ])('leads to where a backend other than the relay signs in: %s', (signInUrl, address) => {
    expect(noticeBeside(signInUrl).get('a').attributes('href')).toBe(address);
    expect(noticeBeside(signInUrl).find('button').exists()).toBe(false);
  });

  it.each(['', 'javascript:alert(1)', 'http://sso.campus.example/', 'https://', 'data:text/html,x'])(
    'leads nowhere by %j',
    (signInUrl) => {
      expect(noticeBeside(signInUrl).find('a').exists()).toBe(false);
      expect(noticeBeside(signInUrl).get('button').text()).toBe(messages.failure.retry);
    },
  );

  it('names whom to ask where only a person can help', () => {
    expect(notice('not-enabled').text()).toContain(school.contact);
    expect(notice('timeout').text()).not.toContain(school.contact);
  });

  it('holds the request id', () => {
    expect(notice('upstream', { requestId: 'req-8f3a21' }).text()).toContain('req-8f3a21');
  });

  it('holds the platform’s code beside it, for whoever is called', () => {
    const text = notice('upstream', { requestId: 'req-8f3a21', platformCode: 40001 }).text();
    expect(text).toMatch(/req-8f3a21.*平台代码 40001/);
    expect(notice('upstream', { requestId: 'req-8f3a21' }).text()).not.toContain('平台代码');
  });

  it('says when a limited viewer can go on', () => {
    expect(notice('limited', { retryAt: NOW + 600_000 }).text()).toMatch(/\d{2}:\d{2}.*之后/);
  });
});

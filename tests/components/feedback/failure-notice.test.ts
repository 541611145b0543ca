import { describe, expect, it } from 'vitest';
import { FAILURE_KINDS } from '#contract/errors.ts';
import type { FailureKind } from '#contract/errors.ts';
import { LookupFailure } from '#src/api/failure.ts';
import FailureNotice from '#src/components/feedback/FailureNotice.vue';
import { messages } from '#src/locales/zh-CN.ts';
import { appServices, NOW } from '#tests/support/app-services.ts';
import { mountPart } from '#tests/support/mount.ts';

const school = { name: '江南大学', logo: '', accent: '', contact: '信息中心 8591 0000', privacyUrl: '' };

function notice(kind: FailureKind, details: { requestId?: string; retryAt?: number } = {}, relay = true) {
  const services = appServices({ url: 'http://127.0.0.1:9/', config: { school, relay } });
  return mountPart(FailureNotice, { failure: new LookupFailure(kind, details) }, { services });
}

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

  it.each(['forbidden', 'not-enabled', 'invalid'] as const)('offers no retry after %s', (kind) => {
    expect(notice(kind).find('button').exists()).toBe(false);
  });

  it('leads to sign-in where the relay has one', () => {
    expect(notice('signed-out').get('a').attributes('href')).toBe('auth/login?return=%2F');
    expect(notice('signed-out', {}, false).get('button').text()).toBe(messages.failure.retry);
  });

  it('names whom to ask where only a person can help', () => {
    expect(notice('not-enabled').text()).toContain(school.contact);
    expect(notice('timeout').text()).not.toContain(school.contact);
  });

  it('holds the request id', () => {
    expect(notice('upstream', { requestId: 'req-8f3a21' }).text()).toContain('req-8f3a21');
  });

  it('says when a limited viewer can go on', () => {
    expect(notice('limited', { retryAt: NOW + 600_000 }).text()).toMatch(/\d{2}:\d{2}.*之后/);
  });
});

import { describe, expect, it } from 'vitest';
import type { FaultInput } from '#emulator/platform/faults.ts';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import { VERSION } from '#server/version.ts';
import { newKiosksFile } from '../kiosks/folder.ts';
import { memoryAuditLog } from '../support/audit-log.ts';
import { emulatorFor, search } from '../support/relay.ts';
import { startMeasuredRelay } from './scrape.ts';

const NOON = Date.UTC(2025, 2, 1, 4);

async function newRelay(faults: FaultInput[] = []) {
  const emulator = await emulatorFor();
  emulator.change({ faults });
  const auditLog = memoryAuditLog();
  const relay = await startMeasuredRelay({ platform: emulator.url, auditLog });
  return { ...relay, emulator, auditLog };
}

describe('the metrics of a relay', () => {
  it('count requests by route and status, and time them', async () => {
    const { url, valueOf } = await newRelay();
    await search(url, '沈青禾');
    await search(url, '');
    await fetch(`${url}/nowhere/07302590`);
    expect(await valueOf('http_requests_total', { route: '/api/members/search', status: '2xx' })).toBe(1);
    expect(await valueOf('http_requests_total', { route: '/api/members/search', status: '4xx' })).toBe(1);
    expect(await valueOf('http_requests_total', { route: 'none', status: '4xx' })).toBe(1);
    expect(await valueOf('http_request_duration_seconds_count', { route: '/api/members/search' })).toBe(2);
    expect(
      await valueOf('http_request_duration_seconds_sum', { route: '/api/members/search' }),
    ).toBeGreaterThan(0);
  });

  it('count the calls to the platform by how they ended', async () => {
    const { url, valueOf } = await newRelay();
    await search(url, '沈青禾');
    await search(url, 'nobody has this name');
    expect(await valueOf('platform_calls_total', { call: 'search', outcome: 'ok' })).toBeGreaterThanOrEqual(
      2,
    );
    expect(await valueOf('platform_calls_total', { call: 'search' })).toBe(
      await valueOf('platform_calls_total', { call: 'search', outcome: 'ok' }),
    );
    expect(await valueOf('platform_call_duration_seconds_count', { call: 'search' })).toBe(
      await valueOf('platform_calls_total', { call: 'search' }),
    );
    expect(await valueOf('platform_calls_total', { call: 'token', outcome: 'ok' })).toBe(1);
  });

  it.each<[string, FaultInput]>([
    ['40018', { kind: 'errcode', errcode: 40018 }],
    ['other-code', { kind: 'errcode', errcode: 47001 }],
    ['upstream', { kind: 'status', status: 500 }],
    ['upstream', { kind: 'html' }],
    ['upstream', { kind: 'reset' }],
    ['upstream', { kind: 'json', body: [] }],
    ['busy', { kind: 'limited', retryAfter: 7 }],
    ['timeout', { kind: 'hang' }],
  ])('tell %s of a search that fails by %j', async (outcome, fault) => {
    const { url, valueOf } = await newRelay([{ endpoint: 'search', times: 'always', ...fault }]);
    expect((await search(url, '沈青禾')).status).toBeGreaterThanOrEqual(400);
    expect(await valueOf('platform_calls_total', { call: 'search', outcome })).toBe(1);
    expect(await valueOf('platform_calls_total', { call: 'search' })).toBe(1);
    expect(await valueOf('lookups_total', { event: 'search', outcome: 'ok' })).toBe(0);
  });

  it('tell of a token that cannot be had, and when one was fetched and ends', async () => {
    const { url, valueOf, emulator } = await newRelay([
      { endpoint: 'token', kind: 'errcode', errcode: 40001, times: 1 },
    ]);
    await search(url, '沈青禾');
    expect(await valueOf('platform_calls_total', { call: 'token', outcome: '40001' })).toBe(1);
    expect(await valueOf('token_fetched_timestamp_seconds')).toBe(0);
    emulator.reset();
    const before = Date.now() / 1_000;
    await expect.poll(async () => (await search(url, '沈青禾')).status, { timeout: 60_000 }).toBe(200);
    const fetched = await valueOf('token_fetched_timestamp_seconds');
    expect(fetched).toBeGreaterThanOrEqual(before);
    expect(await valueOf('token_expiry_timestamp_seconds')).toBeCloseTo(fetched + 7200, 3);
  });

  it('tell whether the audit log can be written, and how long a record takes', async () => {
    const { url, valueOf, auditLog } = await newRelay();
    await search(url, '沈青禾');
    expect(await valueOf('audit_log_writable')).toBe(1);
    expect(await valueOf('audit_record_duration_seconds_count', { result: 'written' })).toBeGreaterThan(0);
    expect(await valueOf('audit_record_duration_seconds_count', { result: 'refused' })).toBe(0);

    auditLog.writable = false;

    expect((await search(url, '沈青禾')).status).toBe(503);
    expect(await valueOf('audit_log_writable')).toBe(0);
    auditLog.writable = true;
    expect(await valueOf('audit_log_writable')).toBe(1);
  });

  it('count lookups and what was refused', async () => {
    const emulator = await emulatorFor();
    const { url, valueOf } = await startMeasuredRelay({
      platform: emulator.url,
      variables: { SIGN_IN: 'wecard' },
    });
    expect((await search(url, '沈青禾')).status).toBe(401);
    expect((await search(url, '沈青禾')).status).toBe(401);
    expect(await valueOf('refusals_total', { kind: 'signed-out' })).toBe(2);
    expect((await fetch(`${url}/auth/callback?wxcode=x&state=y`)).status).toBe(400);
    expect(await valueOf('sign_ins_total', { outcome: 'invalid' })).toBe(1);
    expect(await valueOf('lookups_total')).toBe(0);
  });

  it('raise an alarm for card numbers in a row', async () => {
    const { url, valueOf } = await newRelay();
    expect(await valueOf('enumeration_alarms_total', { alarm: 'enumeration' })).toBe(0);
    for (let number = 7_302_590; number < 7_302_625; number += 1) await search(url, `0${number}`);
    expect(await valueOf('enumeration_alarms_total', { alarm: 'enumeration' })).toBe(1);
  });

  it('count photos', async () => {
    const { url, valueOf } = await newRelay();
    const { body } = await search(url, '张伟');
    const link = body.userlist
      .map(({ head_image: photo }) => photo)
      .find((photo) => photo?.startsWith('api/photos/'));
    expect((await fetch(`${url}/${link}`)).status).toBe(200);
    expect(await valueOf('photo_fetches_total', { outcome: 'ok' })).toBe(1);
  });

  it('tell when each kiosk was seen, until it is revoked', async () => {
    const KIOSKS_FILE = await newKiosksFile();
    const kiosks = openKioskRegistry(KIOSKS_FILE, () => NOON);
    const kiosk = await kiosks.enrol(await kiosks.makeCode('Gate'));
    const id = kiosk?.id ?? '';
    const emulator = await emulatorFor();
    const { valueOf, scrape } = await startMeasuredRelay({
      platform: emulator.url,
      variables: { KIOSKS_FILE },
    });
    expect(await valueOf('kiosk_last_seen_timestamp_seconds', { kiosk: id })).toBe(NOON / 1_000);
    await kiosks.markSeen(new Map([[id, { seenAt: new Date(NOON + 60_000).toISOString() }]]));
    expect(await valueOf('kiosk_last_seen_timestamp_seconds', { kiosk: id })).toBe(NOON / 1_000 + 60);
    await kiosks.revoke(id);
    expect(await scrape()).not.toContain(id);
  });

  it('name the version, and what Node tells of itself', async () => {
    const { valueOf, scrape } = await newRelay();
    expect(await valueOf('build_info', { version: VERSION })).toBe(1);
    const text = await scrape();
    for (const name of [
      'nodejs_eventloop_lag_p99_seconds',
      'process_resident_memory_bytes',
      'process_open_fds',
    ])
      expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
  });
});

describe('the port of the metrics', () => {
  it('answers GET /metrics and nothing else', async () => {
    const { metricsUrl, url } = await newRelay();
    const answer = await fetch(metricsUrl);
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect((await fetch(metricsUrl, { method: 'POST' })).status).toBe(405);
    expect((await fetch(metricsUrl.replace('metrics', 'healthz'))).status).toBe(404);
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
  });
});

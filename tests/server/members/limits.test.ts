import { describe, expect, test } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import { ask, emulatorFor, search, startRelay } from '../support/relay.ts';
import { memoryAuditLog } from '../support/audit-log.ts';

const { card_number: CARD_NUMBER } = PEOPLE.everyField.fields;
/** Twenty minutes past the hour. */
const AT = Date.UTC(2026, 2, 2, 2, 20);

async function startLimited(limits: { hour: number; day?: number }, members = 200) {
  const emulator = await emulatorFor(members);
  let now = AT;
  const auditLog = memoryAuditLog();
  const policy = JSON.stringify({
    profiles: [{ name: 'few', kinds: ['staff'], shown: ['@public'], limits }],
  });
  const relay = await startRelay({ platform: emulator.url, policy, auditLog, clock: () => now });
  return { ...relay, emulator, auditLog, pass: (minutes: number) => (now += minutes * 60_000) };
}

describe('a limited viewer', () => {
  test('is told when to go on, goes on then, and stands in the audit log', async () => {
    const { url, auditLog, pass } = await startLimited({ hour: 2 });
    await search(url, CARD_NUMBER);
    await search(url, CARD_NUMBER);
    const refused = await search(url, CARD_NUMBER);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('2400');
    expect(refused.body).toMatchObject({ errcode: 429 });
    expect(auditLog.records.at(-1)).toMatchObject({ event: 'refusal', outcome: 'limited', profile: 'few' });
    pass(40);
    expect((await search(url, CARD_NUMBER)).status).toBe(200);
  });

  test('gets 180 namesakes whole with one left, and pays for them afterwards', async () => {
    const { url, pass } = await startLimited({ hour: 100 }, 20_000);
    for (let at = 0; at < 33; at += 1) await search(url, '查无此人');
    expect((await search(url, '张伟')).body.userlist).toHaveLength(180);
    expect((await search(url, CARD_NUMBER)).headers.get('retry-after')).toBe(String(40 * 60 + 3_600));
    pass(100);
    expect((await search(url, CARD_NUMBER)).status).toBe(200);
  });

  test('pays one for a member opened from the results', async () => {
    const { url } = await startLimited({ hour: 2 });
    const first = await search(url, CARD_NUMBER);
    const ref = { ref: first.body.userlist[0]?.ref };
    expect((await ask(url, ref)).status).toBe(200);
    expect((await ask(url, ref)).status).toBe(429);
  });

  test('pays nothing for what the platform failed to answer', async () => {
    const { url, emulator, pass } = await startLimited({ hour: 1 });
    emulator.change({ faults: [{ endpoint: 'search', kind: 'errcode', errcode: 40018, times: 'always' }] });
    for (let at = 0; at < 3; at += 1) expect((await search(url, CARD_NUMBER)).status).toBe(403);
    emulator.reset();
    pass(0.1);
    expect((await search(url, CARD_NUMBER)).status).toBe(200);
  });
});

describe('a front desk on enrolment day', () => {
  test('asks for hundreds of consecutive numbers without a wait or a refusal, and stands in the log once', async () => {
    const { url, log, pass } = await startLimited({ hour: 900 });
    const statuses = new Set<number>();
    for (let at = 0; at < 300; at += 1) {
      pass(5 / 60);
      statuses.add((await search(url, `2023050${String(at).padStart(3, '0')}`)).status);
    }
    expect(statuses).toEqual(new Set([200]));
    const lines = log()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { event?: string; ms?: number });
    expect(lines.flatMap(({ event = '' }) => (event.startsWith('enumeration') ? [event] : []))).toEqual([
      'enumeration',
    ]);
    expect(log()).not.toContain('2023050');
  }, 120_000);
});

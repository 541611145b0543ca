import { describe, expect, it } from 'vitest';
import { AuditLogUnavailable } from '#server/audit/audit-log.ts';
import type { LookupRecord } from '#server/audit/audit-log.ts';
import { createRecorder } from '#server/recorder.ts';
import { memoryAuditLog } from './support/audit-log.ts';

function setUp() {
  let now = 1_000_000;
  const auditLog = memoryAuditLog();
  const recorder = createRecorder(auditLog, () => now);
  let count = 0;
  const next = () => `r${(count += 1)}`;
  return {
    auditLog,
    recorder,
    pass: (ms: number) => void (now += ms),
    knock: (address: string) =>
      recorder.recordRefusal({ event: 'refusal', outcome: 'signed-out', requestId: next() }, address),
    /** A refusal of a viewer whom we know. */
    refuse: (viewer: string, more: Partial<LookupRecord> = {}) =>
      recorder.recordRefusal(
        {
          event: 'refusal',
          outcome: 'limited',
          requestId: next(),
          viewer,
          kind: 'staff',
          device: 'd',
          ...more,
        },
        '192.0.2.1',
      ),
  };
}

describe('requests of strangers', () => {
  it('have one record for each address and minute, and one with how many more there were', async () => {
    const { auditLog, recorder, pass, knock } = setUp();
    for (let time = 0; time < 500; time += 1) await knock('192.0.2.1');
    await knock('192.0.2.2');
    expect(auditLog.records.map(({ requestId }) => requestId)).toEqual(['r1', 'r501']);
    pass(60_000);
    await knock('192.0.2.1');
    await recorder.close();
    expect(auditLog.records.map(({ requestId, device, repeated }) => [requestId, device, repeated])).toEqual([
      ['r1', 'address 192.0.2.1', undefined],
      ['r501', 'address 192.0.2.2', undefined],
      ['r1', 'address 192.0.2.1', 499],
      ['r502', 'address 192.0.2.1', undefined],
    ]);
  });

  it('cannot fill the disk from however many addresses', async () => {
    const { auditLog, recorder, knock } = setUp();
    for (let time = 0; time < 2; time += 1) {
      for (let host = 0; host < 5_000; host += 1) await knock(`2001:db8:${host.toString(16)}::/64`);
    }
    await recorder.close();
    expect(auditLog.records).toHaveLength(22);
    const counted = auditLog.records.reduce((sum, { repeated = 1 }) => sum + repeated, 0);
    expect(counted).toBe(10_000);
    expect(auditLog.records.at(-1)).toMatchObject({ repeated: 9_979 });
    expect(auditLog.records.at(-1)).not.toHaveProperty('device');
  });

  it('of another kind are written, however many there were before', async () => {
    const { auditLog, recorder, knock } = setUp();
    for (let host = 0; host < 100; host += 1) await knock(`192.0.2.${host}`);
    const failed = { event: 'sign-in', outcome: 'signed-out', requestId: 'x' } as const;
    await recorder.recordRefusal(failed, '198.51.100.1');
    expect(auditLog.records.at(-1)).toMatchObject(failed);
  });
});

describe('refusals of a viewer', () => {
  it('have one record for each kind and minute, with whom it was about, and one with how many more', async () => {
    const { auditLog, recorder, refuse } = setUp();
    await refuse('a', { keyword: 'k', members: ['07302590'] });
    for (let time = 0; time < 4_000; time += 1) await refuse('a', { keyword: `k${time}` });
    await refuse('a', { outcome: 'forbidden' });
    await refuse('a', { event: 'reveal', outcome: 'invalid' });
    await recorder.close();
    expect(auditLog.records).toHaveLength(4);
    expect(auditLog.records[0]).toMatchObject({ keyword: 'k', members: ['07302590'], device: 'd' });
    expect(auditLog.records[3]).toMatchObject({ viewer: 'a', outcome: 'limited', repeated: 4_000 });
    expect(auditLog.records[3]).not.toHaveProperty('keyword');
  });

  it('never hide those of another viewer, or of a kiosk of the same name', async () => {
    const { auditLog, knock, refuse } = setUp();
    for (let host = 0; host < 100; host += 1) await knock(`192.0.2.${host}`);
    const before = auditLog.records.length;
    for (let viewer = 0; viewer < 100; viewer += 1) await refuse(`v${viewer}`);
    await refuse('v1', { kind: 'kiosk' });
    expect(auditLog.records).toHaveLength(before + 101);
  });
});

describe('while the audit log cannot be written', () => {
  function broken() {
    let isBroken = true;
    const written: LookupRecord[] = [];
    const auditLog = {
      writable: true,
      record: (entry: LookupRecord) => {
        if (isBroken) return Promise.reject(new AuditLogUnavailable('disk full'));
        written.push(entry);
        return Promise.resolve();
      },
    };
    const recorder = createRecorder(auditLog, () => 1_000_000);
    return { recorder, written, mend: () => (isBroken = false) };
  }
  const refusal = { event: 'refusal', outcome: 'limited', requestId: 'r' } as const;

  it('a viewer is told that the relay is busy, and the first that can be written is', async () => {
    const { recorder, written, mend } = broken();
    const refuse = () => recorder.recordRefusal({ ...refusal, viewer: 'a', kind: 'staff' }, '192.0.2.1');
    await expect(refuse()).rejects.toMatchObject({ kind: 'busy' });
    await expect(refuse()).rejects.toMatchObject({ kind: 'busy' });
    mend();
    await refuse();
    await refuse();
    expect(written).toHaveLength(1);
  });

  it('a stranger waits for no disk', async () => {
    const { recorder } = broken();
    await expect(recorder.recordRefusal(refusal, '192.0.2.1')).resolves.toBeUndefined();
  });
});

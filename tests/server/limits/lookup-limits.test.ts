import { describe, expect, it } from 'vitest';
import type { Budget } from '#server/limits/budget.ts';
import { memoryCounters } from '#server/limits/counters.ts';
import { memoryEnumerationGuard } from '#server/limits/enumeration.ts';
import type { EnumerationReport } from '#server/limits/enumeration.ts';
import { memoryInFlight } from '#server/limits/in-flight.ts';
import { createLookupLimits } from '#server/limits/lookup-limits.ts';
import type { LookupRequest } from '#server/limits/lookup-limits.ts';

const clock = () => Date.UTC(2026, 2, 2, 1, 0);

function setUp(shared: { address?: Budget; deployment?: Budget } = {}) {
  const reports: EnumerationReport[] = [];
  const limits = createLookupLimits({
    counters: memoryCounters(clock),
    inFlight: memoryInFlight(),
    enumeration: memoryEnumerationGuard(clock),
    clock,
    shared: { address: { hour: 1_000 }, deployment: { hour: 1_000 }, ...shared },
  });
  const admit = (request: Partial<LookupRequest> = {}) =>
    limits.admit({
      viewer: 'v',
      address: '192.0.2.1',
      budget: { hour: 6 },
      report: (event) => reports.push(event),
      ...request,
    });
  /** @returns "ok", or what refused. */
  const ask = async (people: number, request: Partial<LookupRequest> = {}) => {
    const admission = await admit(request);
    if (!admission.ok) return admission.scope;
    await admission.lookup.answered(people);
    return 'ok';
  };
  return { admit, ask, reports };
}

describe('createLookupLimits', () => {
  it('counts the people returned, and three for nobody', async () => {
    const { ask } = setUp();
    expect([await ask(2), await ask(0), await ask(1), await ask(1)]).toEqual(['ok', 'ok', 'ok', 'viewer']);
  });

  it('says when to go on', async () => {
    const { ask, admit } = setUp();
    await ask(6);
    expect(await admit()).toEqual({ ok: false, scope: 'viewer', retryAfter: 3_600 });
  });

  it('charges nothing for a lookup that failed', async () => {
    const { ask, admit } = setUp();
    for (let at = 0; at < 20; at += 1) {
      const admission = await admit();
      if (admission.ok) await admission.lookup.failed();
    }
    expect(await ask(6)).toBe('ok');
  });

  it('holds all viewers behind one address together, and everybody', async () => {
    const address = setUp({ address: { hour: 4 } });
    expect(await address.ask(4, { viewer: 'a' })).toBe('ok');
    expect(await address.ask(1, { viewer: 'b' })).toBe('address');
    expect(await address.ask(1, { viewer: 'b', address: '192.0.2.2' })).toBe('ok');

    const deployment = setUp({ deployment: { hour: 4 } });
    expect(await deployment.ask(4, { viewer: 'a' })).toBe('ok');
    expect(await deployment.ask(1, { viewer: 'b', address: '192.0.2.2' })).toBe('deployment');
  });

  it('charges nobody for what it refused', async () => {
    const { ask } = setUp({ address: { hour: 4 } });
    await ask(4, { viewer: 'a' });
    for (let at = 0; at < 20; at += 1) await ask(1, { viewer: 'b' });
    expect(await ask(6, { viewer: 'b', address: '192.0.2.2' })).toBe('ok');
  });

  it('runs few lookups of one viewer at once, and the next when one has ended', async () => {
    const { admit } = setUp();
    const running = await Promise.all(Array.from({ length: 10 }, () => admit({ budget: { hour: 120 } })));
    const admitted = running.flatMap((admission) => (admission.ok ? [admission.lookup] : []));
    expect(admitted).toHaveLength(4);
    expect(running[9]).toEqual({ ok: false, scope: 'at-once', retryAfter: 1 });
    await admitted[0]?.answered(1);
    expect((await admit({ budget: { hour: 120 } })).ok).toBe(true);
  });

  it('slows an enumeration at a pace that no desk has, and reports it without a number', async () => {
    const { admit, reports } = setUp();
    const delays: number[] = [];
    for (let at = 0; at < 45; at += 1) {
      const cardNumber = `2016${String(at).padStart(4, '0')}`;
      const admission = await admit({ budget: { hour: 300 }, cardNumber });
      if (!admission.ok) throw new Error(admission.scope);
      delays.push(admission.lookup.delayMs);
      await admission.lookup.answered(1);
    }
    expect(delays.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 0));
    expect(delays[20]).toBeGreaterThan(0);
    expect(reports).toEqual(['enumeration-slowed', 'enumeration']);
  });
});

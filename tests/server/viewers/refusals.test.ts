import { describe, expect, it } from 'vitest';
import { createRefusals } from '#server/viewers/refusals.ts';
import { memoryTrail } from '../support/trail.ts';

function atTheDoor() {
  let now = 1_000_000;
  const trail = memoryTrail();
  const refusals = createRefusals(trail, () => now);
  let count = 0;
  return {
    trail,
    refusals,
    pass: (ms: number) => void (now += ms),
    knock: (address: string) =>
      refusals.note({ outcome: 'signed-out', requestId: `r${(count += 1)}`, address }),
  };
}

describe('requests that are turned away', () => {
  it('have one record for each address and minute, and one with how many more there were', async () => {
    const { trail, refusals, pass, knock } = atTheDoor();
    for (let time = 0; time < 500; time += 1) knock('192.0.2.1');
    knock('192.0.2.2');
    expect(trail.records.map(({ requestId }) => requestId)).toEqual(['r1', 'r501']);
    pass(60_000);
    knock('192.0.2.1');
    await refusals.close();
    expect(trail.records.map(({ requestId, device, repeated }) => [requestId, device, repeated])).toEqual([
      ['r1', 'address 192.0.2.1', undefined],
      ['r501', 'address 192.0.2.2', undefined],
      ['r1', 'address 192.0.2.1', 499],
      ['r502', 'address 192.0.2.1', undefined],
    ]);
  });

  it('cannot fill the disk from however many addresses', async () => {
    const { trail, refusals, knock } = atTheDoor();
    for (let time = 0; time < 2; time += 1) {
      for (let host = 0; host < 5_000; host += 1) knock(`2001:db8::${host.toString(16)}`);
    }
    await refusals.close();
    expect(trail.records).toHaveLength(22);
    const counted = trail.records.reduce((sum, { repeated = 1 }) => sum + repeated, 0);
    expect(counted).toBe(10_000);
    expect(trail.records.at(-1)).toMatchObject({ device: undefined, repeated: 9_979 });
  });
});

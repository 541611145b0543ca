import { setTimeout as sleep } from 'node:timers/promises';
import { outcomeOf } from './backend.ts';
import type { EmulatorControl } from './emulator.ts';
import { describe } from './expect.ts';
import { Deviation, NotApplicable } from './point.ts';
import type { Context, Point } from './point.ts';

/** A backend may leave a failing platform alone for a while. */
const WELL_AGAIN_MS = 15_000;
const ASK_EVERY_MS = 250;

/** A fault of the emulator’s search. */
export function onSearch(fault: object): object {
  return { endpoint: 'search', ...fault };
}

/** A point that breaks the emulator, and mends it and waits for the backend before and afterwards. */
export function withEmulator(
  id: string,
  title: string,
  check: (context: Context, emulator: EmulatorControl) => Promise<string | undefined>,
): Point {
  return {
    id,
    title,
    async check(context) {
      const { emulator, backend } = context;
      if (emulator === undefined) throw new NotApplicable('the platform cannot be broken (else: --emulator)');
      if (backend.tokenEndpoint !== undefined)
        throw new NotApplicable('the app itself adds and renews the token');
      await untilWell(context, emulator);
      try {
        return await check(context, emulator);
      } finally {
        await untilWell(context, emulator);
      }
    },
  };
}

async function untilWell({ backend, members }: Context, emulator: EmulatorControl): Promise<void> {
  await emulator.set({});
  const until = performance.now() + WELL_AGAIN_MS;
  for (;;) {
    const answer = await backend.search(members.hit);
    if (outcomeOf(answer).ok) return;
    if (performance.now() > until) {
      throw new Deviation({
        expected: `answers again within ${WELL_AGAIN_MS / 1000} s of the platform’s being well`,
        came: describe(answer),
        cure: 'Keep no failure for longer than a few seconds, and no token that was rejected. If --emulator is not what stands behind the backend, name the right one.',
      });
    }
    await sleep(ASK_EVERY_MS);
  }
}

/** What `ask` makes the backend ask of the platform. */
export async function callsDuring<T>(emulator: EmulatorControl, ask: () => Promise<T>) {
  const before = await emulator.calls();
  const answer = await ask();
  const after = await emulator.calls();
  return { answer, search: after.search - before.search, token: after.token - before.token };
}

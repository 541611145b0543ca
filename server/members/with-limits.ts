import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '#server/failure.ts';
import type { LookupLimits } from '#server/limits/lookup-limits.ts';
import type { Profile } from '#server/policy/profile.ts';
import type { RequestContext } from '#server/viewers/request-context.ts';
import { viewerKey } from '#server/viewers/viewer.ts';

/**
 * Does the work of a lookup where the viewer's limits leave room for it, and charges for the people
 * that it found.
 *
 * @param cardNumber where one was typed: enumerating them is noticed.
 * @throws Failure `limited`, and whatever the work throws, which then costs nothing.
 */
export async function withLimits<T>(
  limits: LookupLimits,
  { viewer, address, log }: RequestContext,
  profile: Profile,
  cardNumber: string | undefined,
  work: () => Promise<{ people: number; result: T }>,
): Promise<T> {
  const admission = await limits.admit({
    viewer: viewerKey(viewer),
    address,
    budget: profile.limits,
    ...(cardNumber === undefined ? {} : { cardNumber }),
    report: (event) => log.warn({ event, profile: profile.name }, 'card numbers asked for in a row'),
  });
  if (!admission.ok) {
    const { scope, retryAfter } = admission;
    throw new Failure('limited', { retryAfter, reason: 'limit', rule: scope });
  }
  const { lookup } = admission;
  const { people, result } = await perform(lookup.delayMs, work).catch(async (error: unknown) => {
    await lookup.failed();
    throw error;
  });
  await lookup.answered(people);
  return result;
}

async function perform<T>(delayMs: number, work: () => Promise<T>): Promise<T> {
  if (delayMs > 0) await sleep(delayMs);
  return work();
}

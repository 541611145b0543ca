import type { Check } from './checks.ts';
import { aloneSpans, isOfProcess, isAway } from './history.ts';
import type { History, TokenFetch } from './history.ts';

/** The part of its life after which a token is renewed, and what clocks and timers differ by. */
const RENEWED_AT = 0.75;
const INEXACT_MS = 250;
/** A fetch that a relay began so shortly before it was killed or frozen may not have reached the others. */
const LOST_MS = 2_000;

/** Every fetch has its reason: the first, a token that ran out, one that was revoked or lost, or a relay by itself. */
export function tokenFetchesHaveReasons(history: History): Check {
  const { windows, tokenLifeMs } = history;
  const fetches = [...history.fetches].sort((a, b) => a.at - b.at);
  const reasons = new Map<string, number>();
  const violations: string[] = [];
  let last: TokenFetch | undefined;
  /**
   * When something made the token of the others useless. What a Redis gives back that lost it may be an older token,
   * which was good before a relay fetched alone.
   */
  let losses = windows.flatMap((window) => {
    const isLoss = window.fault.kind === 'token revoked' || isAway(window, window.fault.relay ?? 0);
    return isLoss ? [window.from] : [];
  });

  for (const fetch of fetches) {
    const reason = reasonOf(fetch);
    if (reason === undefined) violations.push(`${timeOf(fetch)} relay ${fetch.relay + 1}, without a reason`);
    else reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    last = fetch;
  }
  const figures = [...reasons].map(([reason, count]) => `${count} ${reason}`).join(', ');
  return { name: 'token fetches', figures: `${fetches.length}: ${figures}`, violations };

  function reasonOf({ at, relay }: TokenFetch): string | undefined {
    const loss = losses.find((since) => since <= at);
    const isAlone = aloneSpans(history, relay).some(({ from, until }) => from <= at && at <= until);
    // The others have this one from now on, whatever they lost before.
    if (!isAlone) losses = losses.filter((since) => since > at);
    // The platform's new token makes the one that they have invalid.
    if (isAlone || isLost(at, relay)) losses.push(at + 1);
    if (last === undefined) return 'first';
    if (isAlone) return 'alone';
    if (at - last.at >= tokenLifeMs * RENEWED_AT - INEXACT_MS) return 'ran out';
    return loss === undefined ? undefined : 'revoked or lost';
  }

  function isLost(at: number, relay: number): boolean {
    return windows.some(
      (window) => isOfProcess(window, relay) && window.from >= at && window.from - at < LOST_MS,
    );
  }
}

function timeOf({ at }: TokenFetch): string {
  return new Date(at).toISOString().slice(11, 23);
}

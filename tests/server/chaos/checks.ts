import { aloneSpans, isAway, isExcused, isOfProcess, lifeOf, overlaps } from './history.ts';
import type { Asked, History, Window } from './history.ts';
import { limitsHold } from './limits.ts';
import { tokenFetchesHaveReasons } from './tokens.ts';

/** One of the run's promises, and what speaks against it. */
export interface Check {
  readonly name: string;
  readonly figures: string;
  readonly violations: readonly string[];
}

const LEAST_SUCCESS = 0.999;
/** The record's outcome for an answer. */
const ANSWERED = new Set(['ok', 'match', 'no-match']);
const EVENTS: Readonly<Partial<Record<Asked['action'], readonly string[]>>> = {
  search: ['search'],
  open: ['view'],
  reveal: ['reveal'],
  verify: ['verify'],
  'signed-out': ['search'],
};

export function checkAll(history: History, settleMs: number): Check[] {
  return [
    answersHaveRecords(history),
    nothingBeyondPolicy(history),
    limitsHold(history),
    tokenFetchesHaveReasons(history),
    signedOutStaySo(history),
    aloneOnlyForAReason(history),
    outsideWindowsAllIsWell(history),
    {
      name: `recovery within ${settleMs / 1_000} s`,
      figures: recoveryFigures(history),
      violations: history.recovery.missing,
    },
  ];
}

function answersHaveRecords({ asked, records, logProblems }: History): Check {
  const answers = asked.filter(({ action, status }) => EVENTS[action] !== undefined && status === 200);
  const hasRecord = ({ action, requestId }: Asked) =>
    records
      .get(requestId)
      ?.some(({ event, outcome }) => EVENTS[action]?.includes(event) === true && ANSWERED.has(outcome));
  return {
    name: 'records',
    figures: `${answers.length} answers, ${records.size} requests in the audit logs`,
    violations: [
      ...answers.filter((answer) => hasRecord(answer) !== true).map((answer) => `${tell(answer)}: no record`),
      ...logProblems,
    ],
  };
}

function nothingBeyondPolicy({ asked }: History): Check {
  return {
    name: 'fields',
    figures: `${asked.filter(({ people }) => people > 0).length} answers about members`,
    violations: asked
      .filter(({ leaks }) => leaks.length > 0)
      .map((answer) => `${tell(answer)}: ${answer.leaks.join(', ')}`),
  };
}

/** A sign-out holds at once where it was made, and elsewhere as long as the relays hear of each other. */
function signedOutStaySo(history: History): Check {
  const { asked } = history;
  const outs = new Map(
    asked.flatMap((entry) =>
      entry.action === 'sign-out' && entry.status === 200 ? [[entry.session, entry] as const] : [],
    ),
  );
  const isAlone = (entry: Asked, since: number) => {
    const life = lifeOf(history, entry);
    const span = { from: since, until: entry.until };
    return life === undefined || aloneSpans(history, life.relay).some((alone) => overlaps(alone, span));
  };
  const answered = asked.filter(({ action, status }) => action === 'signed-out' && status === 200);
  return {
    name: 'signed out',
    figures: `${outs.size} sign-outs, ${answered.length} answers afterwards while a relay was alone`,
    violations: answered
      .filter((entry) => {
        const out = outs.get(entry.session);
        return out !== undefined && !isAlone(out, out.from) && !isAlone(entry, out.from);
      })
      .map((entry) => `${tell(entry)}: answered after the sign-out`),
  };
}

/** A relay that hears Redis does not do without it. */
function aloneOnlyForAReason(history: History): Check {
  const { lives, windows, slow } = history;
  const alone = lives
    .flatMap(({ relay, alone: spans }) => spans.map((span) => ({ ...span, relay })))
    // Before that nobody watched how slow the machine was.
    .filter(({ from }) => from >= history.from);
  const hasReason = ({ relay, ...span }: (typeof alone)[number]) =>
    isExcused({ windows: windows.filter((window) => isExcusing(window, relay)), slow }, span);
  return {
    name: 'alone',
    figures: `${alone.length} times a relay was without Redis`,
    violations: alone
      .filter((span) => !hasReason(span))
      .map(
        ({ relay, from }) =>
          `${new Date(from).toISOString().slice(11, 23)} relay ${relay + 1}, without a reason`,
      ),
  };
}

function isExcusing(window: Window, relay: number): boolean {
  return isAway(window, relay) || isOfProcess(window, relay);
}

function recoveryFigures({ recovery: { ms, slowMs } }: History): string {
  const seconds = (time: number) => `${(time / 1_000).toFixed(1)} s`;
  return `${seconds(ms)} after the last fault${slowMs > 0 ? `, the machine too slow in ${seconds(slowMs)} of them` : ''}`;
}

function outsideWindowsAllIsWell(history: History): Check {
  const outside = history.asked.filter((entry) => !isExcused(history, entry));
  const failed = outside.filter((entry) => !isRight(entry, history));
  const allowed = Math.ceil(outside.length * (1 - LEAST_SUCCESS));
  const share = outside.length === 0 ? 1 : 1 - failed.length / outside.length;
  return {
    name: 'success outside windows',
    figures: `${outside.length - failed.length} of ${outside.length}, ${(share * 100).toFixed(3)} %`,
    violations: failed.length <= allowed ? [] : [`fewer than ${LEAST_SUCCESS * 100} %`, ...failed.map(tell)],
  };
}

/** A limit's refusal is a right answer, and a guess that is refused while a relay is without the others. */
function isRight(entry: Asked, history: History): boolean {
  const { action, status } = entry;
  if (action === 'signed-out') return status === 401;
  if (action === 'sign-in') return status === 303 || status === 429;
  if (status === 200 || status === 429) return true;
  const refusedAlone = action === 'verify' && status === 503;
  return refusedAlone && history.lives.some(({ alone }) => alone.some((span) => overlaps(span, entry)));
}

function tell({ from, until, action, kind, status, requestId, why }: Asked): string {
  const at = new Date(from).toISOString().slice(11, 23);
  return `${at} ${action} by ${kind}: ${status}${why === undefined ? '' : ` (${why})`} after ${until - from} ms, ${requestId || 'no id'}`;
}

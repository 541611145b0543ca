import { describe, expect, it } from 'vitest';
import { createCampus } from '#emulator/campus/campus.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { checkAll } from './checks.ts';
import type { Asked, History, Life, Recorded, Window } from './history.ts';
import { leaksIn } from './leaks.ts';
import type { FaultKind } from './plan.ts';

const NOON = Date.UTC(2026, 2, 2, 4);
const SECOND = 1_000;
const SETTLE_MS = 5 * SECOND;

let requests = 0;

/** @param at seconds after noon. */
function ask(at: number, given: Partial<Asked> = {}): Asked {
  requests += 1;
  const from = NOON + at * SECOND;
  return {
    action: 'search',
    viewer: '2023050233',
    kind: 'student',
    session: 1,
    status: 200,
    requestId: `request ${requests}`,
    people: 1,
    about: '07302590',
    leaks: [],
    from,
    until: from + 10,
    ...given,
  };
}

function window(kind: FaultKind, at: number, seconds: number, relay?: number): Window {
  const from = NOON + at * SECOND;
  const endedAt = from + seconds * SECOND;
  const fault = { kind, afterMs: 0, forMs: seconds * SECOND, ...(relay === undefined ? {} : { relay }) };
  return { fault, from, endedAt, until: endedAt + SETTLE_MS };
}

function life(relay: number, given: Partial<Life> = {}): Life {
  return { relay, from: NOON - 60 * SECOND, until: Infinity, alone: [], ...given };
}

/** Relays 1 to 4, which answered in turn unless `by` says otherwise. */
function historyOf(
  given: Partial<History> = {},
  by: (place: number) => number = (place) => place % 4,
): History {
  const asked = given.asked ?? [];
  const records = asked.map(({ requestId, until, action }, place): [string, Recorded[]] => [
    requestId,
    [
      {
        relay: by(place),
        at: until,
        event: action === 'signed-out' ? 'search' : action,
        outcome: action === 'verify' ? 'no-match' : 'ok',
      },
    ],
  ]);
  return {
    from: NOON,
    until: NOON + 600 * SECOND,
    asked,
    windows: [],
    lives: [0, 1, 2, 3].map((relay) => life(relay)),
    fetches: [{ at: NOON, relay: 0 }],
    tokenLifeMs: 60 * SECOND,
    records: new Map(records),
    logProblems: [],
    recovery: { ms: 900, slowMs: 0, missing: [] },
    slow: [],
    ...given,
  };
}

const brokenIn = (history: History) =>
  checkAll(history, SETTLE_MS).flatMap(({ name, violations }) => (violations.length > 0 ? [name] : []));

const times = (count: number, make: (at: number) => Asked) =>
  Array.from({ length: count }, (_, at) => make(at));
const guess = (at: number) =>
  ask(at, { action: 'verify', kind: 'staff', viewer: '07302590', about: '2021030117' });
const fetches = (...at: number[]) =>
  at.map((seconds) => ({ at: NOON + seconds * SECOND, relay: seconds % 4 }));

describe('records', () => {
  it('an answer without one is seen, and one whose record says that it was refused', () => {
    expect(brokenIn(historyOf({ asked: [ask(1)] }))).toEqual([]);
    expect(brokenIn(historyOf({ asked: [ask(1)], records: new Map() }))).toEqual(['records']);
    const asked = [ask(1)];
    const refused = [{ relay: 0, at: NOON, event: 'search', outcome: 'limited' }];
    const records = new Map([[asked[0]?.requestId ?? '', refused]]);
    expect(brokenIn(historyOf({ asked, records }))).toEqual(['records']);
  });

  it('a log that was changed is seen', () => {
    expect(brokenIn(historyOf({ logProblems: ['a line is missing'] }))).toEqual(['records']);
  });
});

describe('fields', () => {
  const campus = createCampus(200);
  const { card_number: about, name, id_card, telephone } = PEOPLE.everyField.fields;
  const leaks = (member: object, more: object = {}) =>
    leaksIn('student', about, JSON.stringify({ userlist: [member], searched: about, ...more }), campus);

  it('one that the viewer may not see is found by its name, and by its value wherever it stands', () => {
    expect(leaks({ name, ref: 'sealed' })).toEqual([]);
    expect(leaks({ name, nation: '汉族' })).toEqual(['nation']);
    expect(leaks({ name }, { note: id_card })).toEqual(['the value of birthday', 'the value of id_card']);
  });

  it('what is masked must not be whole, and may be once it was revealed', () => {
    const ofStaff = (body: object) => leaksIn('staff', about, JSON.stringify(body), campus);
    expect(ofStaff({ userlist: [{ name, telephone }] })).toEqual(['the value of telephone']);
    expect(ofStaff({ value: telephone })).toEqual([]);
    expect(ofStaff({ value: id_card })).toContain('the value of id_card');
  });

  it('an answer with one breaks the run', () => {
    expect(brokenIn(historyOf({ asked: [ask(1, { leaks: ['nation'] })] }))).toEqual(['fields']);
  });
});

describe('limits', () => {
  it('one answer beyond a budget is seen, whichever relay gave it', () => {
    expect(brokenIn(historyOf({ asked: times(16, ask) }))).toEqual([]);
    expect(brokenIn(historyOf({ asked: times(17, ask) }))).toEqual(['limits']);
  });

  it('a fourth guess is seen', () => {
    expect(brokenIn(historyOf({ asked: times(3, guess) }))).toEqual([]);
    expect(brokenIn(historyOf({ asked: times(4, guess) }))).toEqual(['limits']);
  });

  it('while Redis is away each relay has its share of what it knew to be left, and no more', () => {
    const windows = [window('Redis frozen', 0, 55)];
    const shared = times(16 + 16 + 1, (at) => ask(1 + at));
    expect(brokenIn(historyOf({ asked: shared, windows }))).toEqual([]);
    const beyond = times(16 + 16 + 2, (at) => ask(1 + at));
    expect(brokenIn(historyOf({ asked: beyond, windows }))).toEqual(['limits']);
  });

  it('what they gave meanwhile counts afterwards', () => {
    const windows = [window('relay cut off from Redis', 0, 10, 0)];
    const asked = [...times(10, ask), ...times(7, (at) => ask(20 + at))];
    expect(brokenIn(historyOf({ asked, windows }))).toEqual(['limits']);
  });

  it('an answer that reaches from one such time into the next counts once', () => {
    const windows = [
      window('relay cut off from Redis', 0, 1, 0),
      window('relay cut off from Redis', 6.1, 1, 0),
    ];
    const across = ask(5.9, { until: NOON + 6.2 * SECOND });
    const asked = [across, ...times(15, (at) => ask(20 + at))];
    expect(brokenIn(historyOf({ asked, windows }))).toEqual([]);
    expect(brokenIn(historyOf({ asked: [...asked, ask(50)], windows }))).toEqual(['limits']);
  });

  it('what Redis lost comes back from whoever knows most; what only a relay knew that ended does not', () => {
    const windows = [window('Redis killed', 30, 2)];
    const asked = [...times(3, guess), guess(60)];
    expect(brokenIn(historyOf({ asked, windows }, () => 0))).toEqual(['limits']);
    const lives = [life(0, { until: NOON + 20 * SECOND }), life(0, { from: NOON + 21 * SECOND })];
    expect(brokenIn(historyOf({ asked, windows, lives }, () => 0))).toEqual([]);
  });
});

describe('token fetches', () => {
  it('one without a reason is seen', () => {
    expect(brokenIn(historyOf({ fetches: fetches(0, 45, 90) }))).toEqual([]);
    expect(brokenIn(historyOf({ fetches: fetches(0, 30) }))).toEqual(['token fetches']);
  });

  it('a revoked token is a reason for one', () => {
    const windows = [window('token revoked', 10, 0)];
    expect(brokenIn(historyOf({ windows, fetches: fetches(0, 11) }))).toEqual([]);
    expect(brokenIn(historyOf({ windows, fetches: fetches(0, 11, 12) }))).toEqual(['token fetches']);
  });

  it('a relay alone fetches its own, after which the others need one more', () => {
    const windows = [window('relay cut off from Redis', 10, 2, 3)];
    expect(brokenIn(historyOf({ windows, fetches: fetches(0, 11, 12) }))).toEqual([]);
    expect(brokenIn(historyOf({ windows, fetches: fetches(0, 11, 12, 13) }))).toEqual(['token fetches']);
  });
});

describe('sign-outs', () => {
  const out = ask(1, { action: 'sign-out' });
  const after = (status: number) => ask(2, { action: 'signed-out', status });

  it('an answer after one is seen, unless a relay was alone', () => {
    expect(brokenIn(historyOf({ asked: [out, after(401)] }))).toEqual([]);
    expect(brokenIn(historyOf({ asked: [out, after(200)] }))).toContain('signed out');
    const windows = [window('relay unheard by Redis', 0, 1, 1)];
    expect(brokenIn(historyOf({ asked: [out, after(200)], windows }))).toEqual([]);
  });
});

describe('success', () => {
  const failed = (count: number) =>
    times(count, (at) => ask(at, { action: 'open', status: 502, viewer: `${at}` }));
  const well = times(1_000, (at) => ask(100 + at / 10, { viewer: `${at}` }));

  it('is one failure in a thousand, and not one more', () => {
    expect(brokenIn(historyOf({ asked: [...well, ...failed(1)] }))).toEqual([]);
    expect(brokenIn(historyOf({ asked: [...well, ...failed(3)] }))).toEqual(['success outside windows']);
  });

  it('is not asked for while a fault is, or a machine that is too slow', () => {
    const asked = [...well, ...failed(3)];
    expect(brokenIn(historyOf({ asked, windows: [window('platform hanging', 0, 4)] }))).toEqual([]);
    expect(brokenIn(historyOf({ asked, slow: [{ from: NOON, until: NOON + 9 * SECOND }] }))).toEqual([]);
  });
});

describe('the rest', () => {
  it('a relay that is alone without a reason is seen', () => {
    const alone = [{ from: NOON + 10 * SECOND, until: NOON + 11 * SECOND }];
    const lives = [life(0, { alone })];
    expect(brokenIn(historyOf({ lives }))).toEqual(['alone']);
    expect(brokenIn(historyOf({ lives, windows: [window('Redis frozen', 9, 1)] }))).toEqual([]);
  });

  it('so is what does not recover', () => {
    const recovery = { ms: 5_050, slowMs: 0, missing: ['relay 1 does not verify'] };
    expect(brokenIn(historyOf({ recovery }))).toEqual(['recovery within 5 s']);
  });
});

import { median } from '../report/median.ts';
import type { Row } from '../report/row.ts';
import type { Part } from './costs.ts';
import { PARTS } from './costs.ts';
import { CONNECTIONS_OF_RELAY } from './lookups.ts';
import type { Figures } from './model.ts';
import type { Round } from './rounds.ts';
import type { Single } from './single.ts';
import { FLEETS, RELAYS_WITH_REDIS } from './subjects.ts';
import type { SubjectName } from './subjects.ts';

/** The smallest fleet that has no downtime stands for all: what a lookup costs hardly depends on how many share. */
const SUBJECT = '2 relays' satisfies SubjectName;
const RELAYS = 2;

/** What the model starts from: without what relays and Redis do while nobody asks, which it counts by itself. */
export function figuresOf(rounds: readonly Round[], single: Single): Figures {
  const { idle, signIn, viewer } = single;
  const mine = rounds.map((round) => round[SUBJECT]);
  const sumOf = (calls: Readonly<Record<string, number>>) =>
    Object.values(calls).reduce((sum, made) => sum + made, 0);
  // In the time of a lookup, `1 / perSecond`, each relay also did what it does anyway.
  const lookup = {
    relayMicros: mine.map((each) => each.cpuMicros.relay - (idle.relayMicros * RELAYS) / each.perSecond),
    redisMicros: mine.map(
      (each) => each.cpuMicros.redis - (idle.redisMicros * RELAYS_WITH_REDIS) / each.perSecond,
    ),
    redisCalls: mine.map(
      (each) => sumOf(each.redisCalls) - (idle.redisCalls * RELAYS_WITH_REDIS) / each.perSecond,
    ),
    nginxMicros: mine.map((each) => each.cpuMicros.nginx),
    redisBytes: mine.map((each) => each.redisBytes),
    auditBytes: mine.map((each) => each.auditBytes),
    platformCalls: mine.map((each) => each.platformCalls),
    answerBytes: mine.map((each) => each.answerBytes),
  };
  return {
    relayMicros: whole(lookup.relayMicros),
    relayIdleMicros: Math.round(idle.relayMicros),
    relayMb: Math.round(single.relayRssMb),
    nginxMicros: whole(lookup.nginxMicros),
    redisMicros: whole(lookup.redisMicros),
    redisIdleMicros: Math.round(idle.redisMicros),
    redisCalls: whole(lookup.redisCalls),
    redisBytes: whole(lookup.redisBytes),
    viewerBytes: Math.round(viewer.once),
    deskBytes: Math.round(viewer.full),
    signInBytes: Math.round(signIn.redisBytes),
    auditBytes: whole(lookup.auditBytes),
    signInAuditBytes: Math.round(signIn.auditBytes),
    platformCalls: Number(median(lookup.platformCalls).toFixed(2)),
    signInPlatformCalls: Number(signIn.platformCalls.toFixed(2)),
    answerBytes: whole(lookup.answerBytes),
  };
}

/** The report's: each fleet beside one relay without Redis, and that beside the pass-through. */
export function rowsOf(rounds: readonly Round[]): Row[] {
  return [
    rowsFor(rounds, 'no Redis', 'pass-through'),
    ...FLEETS.map((name) => rowsFor(rounds, name, 'no Redis')),
  ].flat();
}

const TITLES: Record<SubjectName, string> = {
  'pass-through': 'the pass-through',
  'no Redis': 'one relay without Redis',
  '1 relay': 'one relay with Redis',
  '2 relays': 'two relays with Redis',
  '4 relays': 'four relays with Redis',
};

function rowsFor(rounds: readonly Round[], name: SubjectName, baseline: SubjectName): Row[] {
  const medianOf = (subject: SubjectName, of: (each: Round[SubjectName]) => number) =>
    median(rounds.map((round) => of(round[subject])));
  const ratioOf = (of: (each: Round[SubjectName]) => number) =>
    median(rounds.map((round) => of(round[name]) / of(round[baseline])));
  const describeWait = (subject: SubjectName) =>
    `${medianOf(subject, ({ p50 }) => p50).toFixed(0)} / ${medianOf(subject, ({ p99 }) => p99).toFixed(0)} ms`;
  const microsOf = (subject: SubjectName, part: Part) =>
    medianOf(subject, ({ cpuMicros }) => cpuMicros[part]).toFixed(0);
  const describeParts = (subject: SubjectName) =>
    `${PARTS.map((part) => `${part} ${microsOf(subject, part)}`).join(', ')} µs`;
  const comparison = { goal: `none: beside ${TITLES[baseline]}`, reached: true };
  return [
    {
      measure: `${TITLES[name]}, behind nginx`,
      value: `${medianOf(name, ({ perSecond }) => perSecond).toFixed(0)} requests/s`,
      baseline: `${medianOf(baseline, ({ perSecond }) => perSecond).toFixed(0)} requests/s`,
      ratio: ratioOf(({ perSecond }) => perSecond),
      ...comparison,
      note: `${CONNECTIONS_OF_RELAY} connections for each relay`,
    },
    {
      measure: 'the same, half of the answers / all but a hundredth within',
      value: describeWait(name),
      baseline: describeWait(baseline),
      ...comparison,
    },
    {
      measure: 'the same, processor time for a request',
      value: describeParts(name),
      baseline: describeParts(baseline),
      ratio: ratioOf(({ cpuMicros }) => cpuMicros.relay),
      ...comparison,
      note: 'the ratio is the relays’',
    },
  ];
}

function whole(values: readonly number[]): number {
  return Math.round(median(values));
}

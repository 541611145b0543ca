import { builtInPolicy } from '#server/policy/defaults.ts';

/** What the arithmetic of `docs/scale.md` starts from, as it stands there. */
export const MEASURED = {
  relayMicros: 'a relay’s processor time for a lookup, µs',
  relayIdleMicros: 'a relay’s processor time while nobody asks, µs a second',
  relayMb: 'a relay’s memory after the load, MB',
  nginxMicros: 'nginx’s processor time for a lookup, µs',
  redisMicros: 'Redis’ processor time for a lookup, µs',
  redisIdleMicros: 'Redis’ processor time for a relay that nobody asks, µs a second',
  redisCalls: 'Redis’ commands for a lookup, those inside scripts included',
  redisBytes: 'bytes between relay and Redis for a lookup',
  viewerBytes: 'Redis’ memory for a viewer after one lookup, bytes',
  deskBytes: 'Redis’ memory for a viewer after 200 lookups, bytes',
  signInBytes: 'Redis’ memory for a sign-in, for ten minutes, bytes',
  auditBytes: 'audit log for a lookup, bytes',
  signInAuditBytes: 'audit log for a sign-in, bytes',
  platformCalls: 'calls of the platform for a lookup',
  signInPlatformCalls: 'calls of the platform for a sign-in',
  answerBytes: 'an answer’s body as it is sent, bytes',
} as const;
export type Figures = Record<keyof typeof MEASURED, number>;

/** What nobody measured. The same for each place but for the first two. */
export const ASSUMED = {
  members: 'members',
  schools: 'schools, each with an ocode of its own',
  lookups: 'lookups for each member, a day',
  lookupsOfViewer: 'lookups of a viewer, on a day on which they look',
  peak: 'the busiest second, times the day’s average',
  hourPercent: 'the busiest hour’s share of the day, %',
  busyPercent: 'how busy a processor may be at the peak, %',
  relays: 'relays of a school at least',
  answerMs: 'the platform’s answer, ms',
  retentionDays: 'days that the audit log is kept',
} as const;
export type Assumptions = Record<keyof typeof ASSUMED, number>;

export const PLACES = ['a campus', 'a city', 'a country'] as const;
const COMMON = { lookups: 1, lookupsOfViewer: 10, peak: 10, hourPercent: 20 };
const SERVICE = { busyPercent: 50, relays: 2, answerMs: 200, retentionDays: 180 };
/** One for each of the places. */
export const ASSUMPTIONS: readonly Assumptions[] = [
  { members: 1e5, schools: 1, ...COMMON, ...SERVICE },
  { members: 1e6, schools: 20, ...COMMON, ...SERVICE },
  { members: 1e8, schools: 3_000, ...COMMON, ...SERVICE },
];

const DAY_SECONDS = 86_400;
/** The platform's tokens hold two hours. */
const TOKENS_A_DAY = 12;

/** What a place takes: one line for each thing, as it is read. */
export function needsOf(figures: Figures, assumed: Assumptions): Record<string, number> {
  const { members, schools, peak, answerMs } = assumed;
  const lookups = members * assumed.lookups;
  const signIns = lookups / assumed.lookupsOfViewer;
  const atPeak = (lookups / DAY_SECONDS) * peak;
  const calls = lookups * figures.platformCalls + signIns * figures.signInPlatformCalls;
  const callsAtPeak = ((calls / DAY_SECONDS) * peak) / schools;
  const share = assumed.busyPercent / 100;
  const coresAtPeak = (micros: number) => (atPeak * micros) / 1e6;
  const ofOneSchool = Math.ceil(coresAtPeak(figures.relayMicros) / schools / share);
  const relays = schools * Math.max(ofOneSchool, assumed.relays);
  const redisCores = coresAtPeak(figures.redisMicros) + (relays * figures.redisIdleMicros) / 1e6;
  const auditBytes = lookups * figures.auditBytes + signIns * figures.signInAuditBytes;
  return {
    'lookups a second, at the peak': atPeak,
    'lookups a second of one school, at the peak': atPeak / schools,
    'calls of the platform a day': calls,
    'calls a second of one application, at the peak': callsAtPeak,
    'calls of one application under way at once': (callsAtPeak * answerMs) / 1_000,
    'tokens fetched a day': schools * TOKENS_A_DAY,
    'relays that one school’s peak takes': ofOneSchool,
    relays,
    'processors busy with relays, at the peak':
      coresAtPeak(figures.relayMicros) + (relays * figures.relayIdleMicros) / 1e6,
    'processors busy with nginx, at the peak': coresAtPeak(figures.nginxMicros),
    'memory of the relays, GB': (relays * figures.relayMb) / 1_000,
    'processors busy with Redis, at the peak': redisCores,
    'Redis servers': Math.ceil(redisCores / share),
    'memory of Redis, were every viewer a front desk, GB': (signIns * figures.deskBytes) / 1e9,
    'audit log a day, GB': auditBytes / 1e9,
    'audit log kept, GB': (auditBytes * assumed.retentionDays) / 1e9,
    'audit log kept of one school, GB': (auditBytes * assumed.retentionDays) / 1e9 / schools,
    'answers at the peak, Mbit/s': (atPeak * figures.answerBytes * 8) / 1e6,
    'between relays and Redis at the peak, Mbit/s': (atPeak * figures.redisBytes * 8) / 1e6,
  };
}

const { address, deployment } = builtInPolicy('campus');
/** For the platform's own limit, which is not documented. */
const SUPPOSED_CALLS_A_SECOND = 10;
const DISK_GB = 100;
/** Of one relay (`wecard/transport`). */
const CONNECTIONS = 128;

/** How many members a single school's deployment of two relays can have until each of these ends it. */
export function limitsOf(figures: Figures, assumed: Assumptions): Record<string, number> {
  const one = { ...assumed, members: 1e6, schools: 1 };
  const needs = needsOf(figures, one);
  const membersAt = (limit: number, need: number) => (limit / need) * one.members;
  const inHour = (one.members * one.lookups * one.hourPercent) / 100;
  const atPeak = needs['lookups a second, at the peak'] ?? Number.NaN;
  const calls = needs['calls a second of one application, at the peak'] ?? Number.NaN;
  const share = one.busyPercent / 100;
  return {
    [`policy: ${text(address.hour)} people an hour for an address, where all come from one`]: membersAt(
      address.hour,
      inHour,
    ),
    [`policy: ${text(deployment.hour)} people an hour for everybody`]: membersAt(deployment.hour, inHour),
    [`policy: ${text(deployment.day ?? Infinity)} people a day for everybody`]: membersAt(
      deployment.day ?? Infinity,
      one.members * one.lookups,
    ),
    [`platform: ${SUPPOSED_CALLS_A_SECOND} calls a second for an application, were that its limit`]:
      membersAt(SUPPOSED_CALLS_A_SECOND, calls),
    [`disk: ${DISK_GB} GB for the audit log`]: membersAt(DISK_GB, needs['audit log kept, GB'] ?? Number.NaN),
    [`relays: two, at most ${one.busyPercent} % busy`]: membersAt(
      (2 * share * 1e6) / figures.relayMicros,
      atPeak,
    ),
    [`relays: two, with ${CONNECTIONS} connections each to the platform`]: membersAt(
      2 * CONNECTIONS,
      needs['calls of one application under way at once'] ?? Number.NaN,
    ),
    [`Redis: one, at most ${one.busyPercent} % busy`]: membersAt((share * 1e6) / figures.redisMicros, atPeak),
  };
}

function text(value: number): string {
  return value.toLocaleString('en');
}

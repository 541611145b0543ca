import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { LookupEvent, LookupOutcome } from '#server/audit/audit-log.ts';
import { FAILURE_KINDS } from '#contract/errors.ts';
import type { Clock } from '#server/clock.ts';
import type { Kiosk } from '#server/kiosks/registry.ts';
import { VERSION } from '#server/version.ts';
import type { Metrics, PhotoOutcome } from './metrics.ts';
import { CALL_NAMES, CALL_OUTCOMES } from './platform-calls.ts';

/** Seconds, for what ends at a viewer's screen: up to the longest deadline there is. */
const SLOW_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 12];
/** Seconds, for a write to a disk: up to the deadline of the audit log. */
const DISK_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 5];

/** What is asked for when somebody wants to know. */
export interface RelayState {
  isAuditLogWritable(): boolean;
  /** @throws where the list cannot be read. */
  kiosks(): Promise<readonly Kiosk[]>;
  /** `relays` is undefined where there can be only one. */
  sharedState(): { readonly isUp: boolean; readonly relays: number | undefined };
}

export interface PrometheusMetrics extends Metrics {
  /** Everything in Prometheus's text format. */
  exposition(state: RelayState): Promise<string>;
  readonly contentType: string;
}

const PHOTO_OUTCOMES: readonly PhotoOutcome[] = ['ok', 'missing', 'timeout', 'upstream', 'busy'];
const LOOKUPS: readonly LookupEvent[] = ['search', 'view', 'reveal', 'verify'];
const OUTCOMES: readonly LookupOutcome[] = ['ok', 'match', 'no-match', ...FAILURE_KINDS];

/** One relay's metrics. What may be counted stands there from the start with 0: else the first time would not show. */
export function createPrometheusMetrics(clock: Clock): PrometheusMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  function counter<Label extends string>(name: string, help: string, ...labelNames: Label[]): Counter<Label> {
    return new Counter({ name: `wecard_lookup_${name}`, help, labelNames, registers });
  }
  function gauge<Label extends string>(name: string, help: string, ...labelNames: Label[]): Gauge<Label> {
    return new Gauge({ name: `wecard_lookup_${name}`, help, labelNames, registers });
  }
  function histogram<Label extends string>(
    name: string,
    help: string,
    buckets: number[],
    ...labelNames: Label[]
  ): Histogram<Label> {
    return new Histogram({ name: `wecard_lookup_${name}`, help, buckets, labelNames, registers });
  }

  const requests = counter('http_requests_total', 'Requests, by what they were answered', 'route', 'status');
  const requestTime = histogram(
    'http_request_duration_seconds',
    'Until the last byte of an answer',
    SLOW_BUCKETS,
    'route',
  );
  const calls = counter(
    'platform_calls_total',
    'Calls to the platform, by how they ended',
    'call',
    'outcome',
  );
  const callTime = histogram(
    'platform_call_duration_seconds',
    'Until the platform’s answer, or the lack of it',
    SLOW_BUCKETS,
    'call',
  );
  const tokenFetched = gauge('token_fetched_timestamp_seconds', 'When the token was fetched; 0: not yet');
  const tokenEnds = gauge('token_expiry_timestamp_seconds', 'When the token expires; 0: there is none yet');
  const isWritable = gauge('audit_log_writable', '1 while the audit log can be written');
  const recordTime = histogram(
    'audit_record_duration_seconds',
    'Until a record was on the disk, or refused',
    DISK_BUCKETS,
    'result',
  );
  const lookups = counter('lookups_total', 'Lookups, by how they ended', 'event', 'outcome');
  const refusals = counter('refusals_total', 'Requests that a viewer or a stranger was refused', 'kind');
  const signIns = counter(
    'sign_ins_total',
    'Sign-ins, at the platform or behind a gateway: ok is a session',
    'outcome',
  );
  const enrolments = counter('kiosk_enrolments_total', 'Codes entered on devices', 'outcome');
  const alarms = counter(
    'enumeration_alarms_total',
    'Viewers who began to ask for numbers in a row',
    'alarm',
  );
  const photos = counter('photo_fetches_total', 'Photos asked for at their hosts', 'outcome');
  const kioskSeen = gauge('kiosk_last_seen_timestamp_seconds', 'Enrolled kiosks, by id', 'kiosk');
  const isSharedUp = gauge('shared_state_up', '1 while the other relays can be asked; only with REDIS_URL');
  const relays = gauge('shared_state_relays', 'How many relays there are; only with REDIS_URL');
  const timesAway = counter('shared_state_away_total', 'How often the other relays could be asked no more');
  gauge('build_info', 'Always 1', 'version').set({ version: VERSION }, 1);

  for (const call of CALL_NAMES) for (const outcome of CALL_OUTCOMES) calls.inc({ call, outcome }, 0);
  for (const event of LOOKUPS) lookups.inc({ event, outcome: 'ok' }, 0);
  for (const outcome of OUTCOMES) signIns.inc({ outcome }, 0);
  for (const kind of FAILURE_KINDS) refusals.inc({ kind }, 0);
  for (const outcome of PHOTO_OUTCOMES) photos.inc({ outcome }, 0);
  for (const alarm of ['enumeration', 'enumeration-slowed']) alarms.inc({ alarm }, 0);

  function tellShared({ isUp, relays: count }: ReturnType<RelayState['sharedState']>): void {
    if (count === undefined) {
      // Nothing is down where nothing is shared.
      isSharedUp.remove();
      relays.remove();
      return;
    }
    isSharedUp.set(isUp ? 1 : 0);
    relays.set(count);
  }

  return {
    answered(route, status, duration) {
      requests.inc({ route, status: `${Math.floor(status / 100)}xx` });
      requestTime.observe({ route }, duration);
    },
    called(call, outcome, duration) {
      calls.inc({ call, outcome });
      callTime.observe({ call }, duration);
    },
    gotToken(life) {
      tokenFetched.set(clock() / 1_000);
      tokenEnds.set(clock() / 1_000 + life);
    },
    recorded: (isWritten, duration) =>
      recordTime.observe({ result: isWritten ? 'written' : 'refused' }, duration),
    happened(event, outcome) {
      if (event === 'refusal') refusals.inc({ kind: outcome });
      else if (event === 'sign-in') signIns.inc({ outcome });
      else if (event === 'enrol') enrolments.inc({ outcome });
      else if (LOOKUPS.includes(event)) lookups.inc({ event, outcome });
    },
    enumerated: (alarm) => alarms.inc({ alarm }),
    gotPhoto: (outcome) => photos.inc({ outcome }),
    sharedStateWentAway: () => timesAway.inc(),

    async exposition(state) {
      isWritable.set(state.isAuditLogWritable() ? 1 : 0);
      tellShared(state.sharedState());
      // Where the list cannot be read, none of them counts as seen.
      const kiosks = await state.kiosks().catch(() => []);
      kioskSeen.reset();
      for (const { id, enrolledAt, seenAt, revokedAt } of kiosks) {
        if (revokedAt === undefined) kioskSeen.set({ kiosk: id }, Date.parse(seenAt ?? enrolledAt) / 1_000);
      }
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

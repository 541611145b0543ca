import type { FastifyInstance } from 'fastify';
import { createApp } from './app.ts';
import type { AuditLog } from './audit/audit-log.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config/config.ts';
import { createLinkTokens } from './crypto/link-tokens.ts';
import { createLookupLimits } from './limits/lookup-limits.ts';
import type { Logger } from './logger.ts';
import { createDirectory } from './members/directory.ts';
import { createOrganizations } from './members/organizations.ts';
import { createPresenter } from './members/presenter.ts';
import { createRefs } from './members/refs.ts';
import { createMembers } from './members/service.ts';
import {
  measuredAuditLog,
  measuredEnumeration,
  measuredPhotos,
  measuredRecorder,
  measuredTransport,
} from './metrics/measured.ts';
import { NO_METRICS } from './metrics/metrics.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { RelayState } from './metrics/prometheus.ts';
import { revisionOf } from './kiosks/registry.ts';
import { createPhotoFetcher } from './photos/fetcher.ts';
import { createPhotoLinks } from './photos/links.ts';
import { createSourceReader } from './photos/source.ts';
import { standingOf } from './policy/groups.ts';
import { livePolicy } from './policy/live-policy.ts';
import { profileFor } from './policy/profile.ts';
import type { AccessPolicy } from './policy/profile.ts';
import { createVerifyAttempts } from './limits/verify-attempts.ts';
import { createRecorder } from './recorder.ts';
import { pageVersionOf } from './routes/client.ts';
import type { Client } from './routes/client.ts';
import { createSchoolSettings } from './school.ts';
import { openSharedState } from './shared/open.ts';
import { createSignIn } from './sign-in/sign-in.ts';
import { createWecardClient } from './wecard/client.ts';
import type { WecardSettings } from './wecard/client.ts';
import { fetchFirstToken } from './wecard/first-token.ts';
import { createTransport } from './wecard/transport.ts';

export interface RelayParts {
  config: Config;
  /** The platform: the configured one, or the embedded emulator. */
  wecard: WecardSettings;
  client: Client | undefined;
  /** Closed by whoever opened it, once the relay is closed. */
  auditLog: AuditLog;
  clock: Clock;
  /** Absent: nobody asks for them. */
  metrics?: Metrics | undefined;
  logger: Logger;
}

export interface Relay {
  app: FastifyInstance;
  /** What metrics tell of it. */
  state: RelayState;
  /** From now on `readyz` tells balancers to go elsewhere. */
  drain(): void;
  /** Asks for a token at once, and goes on until there is one; tells the log what is in the way. */
  fetchFirstToken(): Promise<void>;
  /** Holds from the next lookup on. */
  usePolicy(policy: AccessPolicy): void;
  /** Ends what runs, then everything. */
  close(): Promise<void>;
}

/** Puts the relay together, the same in tests and in production. */
export async function createRelay(parts: RelayParts): Promise<Relay> {
  const { config, wecard, client, auditLog, metrics = NO_METRICS, clock, logger } = parts;
  const policy = livePolicy(config.policy);
  const shared = await openSharedState({
    config,
    wecard,
    kiosksRevision: revisionOf,
    onAway: () => metrics.sharedStateWentAway(),
    clock,
    logger,
  });
  const newTransport = () => measuredTransport(createTransport(wecard.baseUrl), metrics);
  const platform = createWecardClient({
    settings: wecard,
    transport: newTransport(),
    shareFetch: shared.shareFetch,
    onToken: (life) => metrics.gotToken(life),
    clock,
    logger,
  });
  const readSource = createSourceReader(wecard.baseUrl, config.photoHosts);
  const links = createPhotoLinks(createLinkTokens(config.sessionKeys, 'photo', clock), readSource);
  const fetcher = measuredPhotos(createPhotoFetcher(), metrics);
  const refs = createRefs(config.sessionKeys, wecard.ocode, clock);
  const presenter = createPresenter({
    refs,
    organizations: createOrganizations({ fetch: (ids) => platform.organizations(ids), clock, logger }),
    photoUrl: (headImage, viewer) => links.link(headImage, viewer),
    granted: config.grantedFields,
    policy,
    clock,
  });
  const { counters, inFlight } = shared;
  const recorder = measuredRecorder(createRecorder(measuredAuditLog(auditLog, metrics), clock), metrics);
  const enumeration = measuredEnumeration(shared.enumeration, metrics);
  const members = createMembers({
    directory: createDirectory((keyword, endsAt) => platform.search(keyword, endsAt)),
    refs,
    presenter,
    policy,
    limits: createLookupLimits({ shared: policy, counters, inFlight, enumeration, clock }),
    attempts: createVerifyAttempts(shared.strictCounters),
    recorder,
    clock,
  });
  const signIn = createSignIn({
    config,
    wecard,
    transport: newTransport(),
    searchMembers: (keyword) => platform.search(keyword),
    standingOf: (groups) => standingOf(policy, groups),
    searchesOf: (viewer) => profileFor(policy, viewer)?.searches ?? [],
    pageVersion: client && pageVersionOf(client),
    recorder,
    shared,
    clock,
    logger,
  });
  let isDraining = false;
  const closing = new AbortController();
  const app = await createApp({
    config,
    members,
    signIn,
    recorder,
    readiness: {
      problem() {
        if (isDraining) return 'shutting-down';
        return recorder.writable ? undefined : 'audit-log-not-writable';
      },
      sharedState() {
        if (shared.relays === undefined) return undefined;
        return shared.isUp ? 'ok' : 'away';
      },
    },
    client,
    school: createSchoolSettings({
      config,
      fetchSchool: () => platform.school(),
      readSource,
      fetcher,
      clock,
      logger,
    }),
    photos: {
      links,
      fetcher,
      maySee: (viewer) => profileFor(policy, viewer)?.shown.has('head_image') === true,
    },
    nonces: shared.nonces,
    clock,
    metrics,
    logger,
  });

  return {
    app,
    state: {
      isAuditLogWritable: () => recorder.writable,
      kiosks: () => signIn.kiosks.list(),
      sharedState: () => shared,
    },
    fetchFirstToken: () => fetchFirstToken({ fetch: () => platform.token(), logger, signal: closing.signal }),
    usePolicy: (next) => policy.replace(next),
    drain() {
      isDraining = true;
    },
    async close() {
      isDraining = true;
      closing.abort();
      await app.close();
      await Promise.all([platform.close(), fetcher.close(), signIn.close(), recorder.close()]);
      await shared.close();
    },
  };
}

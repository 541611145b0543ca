import type { FastifyInstance } from 'fastify';
import { createApp } from './app.ts';
import type { Trail } from './audit/trail.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config/config.ts';
import type { Client } from './http/assets.ts';
import { memoryCounters } from './limits/counters.ts';
import { createLookupLimits } from './limits/lookup-limits.ts';
import { memoryWalks } from './limits/walks.ts';
import type { Logger } from './logger.ts';
import { createDirectory } from './members/directory.ts';
import { createOrganizations } from './members/organizations.ts';
import { createPresenter } from './members/presenter.ts';
import { createRefs } from './members/refs.ts';
import { createMembers } from './members/service.ts';
import { createPhotoFetcher } from './photos/fetcher.ts';
import { createPhotoLinks } from './photos/links.ts';
import { createPhotoSeal } from './photos/seal.ts';
import { createSourceReader } from './photos/source.ts';
import { profileFor } from './policy/profile.ts';
import { createTries } from './policy/tries.ts';
import { createSchoolSettings } from './school.ts';
import { createSignIn } from './sign-in/sign-in.ts';
import { createWecardClient } from './wecard/client.ts';
import type { WecardSettings } from './wecard/client.ts';

export interface RelayParts {
  config: Config;
  /** The platform: the configured one, or the embedded emulator. */
  wecard: WecardSettings;
  client: Client | undefined;
  /** Closed by whoever opened it, once the relay is closed. */
  trail: Trail;
  clock: Clock;
  logger: Logger;
}

export interface Relay {
  app: FastifyInstance;
  /** From now on `readyz` tells balancers to go elsewhere. */
  drain(): void;
  /** Ends what runs, then everything. */
  close(): Promise<void>;
}

/** Puts the relay together, the same in tests and in production. */
export async function createRelay(parts: RelayParts): Promise<Relay> {
  const { config, wecard, client, trail, clock, logger } = parts;
  const platform = createWecardClient({ settings: wecard, clock, logger });
  const readSource = createSourceReader(wecard.baseUrl, config.photoHosts);
  const links = createPhotoLinks(createPhotoSeal(config.sessionKeys, clock), readSource);
  const fetcher = createPhotoFetcher();
  const refs = createRefs(config.sessionKeys, wecard.ocode);
  const presenter = createPresenter({
    refs,
    organizations: createOrganizations({ fetch: (ids) => platform.organizations(ids), clock, logger }),
    photoUrl: (headImage, viewer) => links.link(headImage, viewer),
    granted: config.grantedFields,
    roleNames: config.policy.roles,
  });
  const counters = memoryCounters();
  const { policy } = config;
  const members = createMembers({
    directory: createDirectory((keyword) => platform.search(keyword)),
    refs,
    presenter,
    policy,
    limits: createLookupLimits({ ...policy, counters, walks: memoryWalks(clock), clock }),
    tries: createTries(counters),
    trail,
  });
  const signIn = await createSignIn({
    config,
    wecard,
    searchMembers: (keyword) => platform.search(keyword),
    searchesOf: (viewer) => profileFor(policy, viewer)?.searches ?? [],
    trail,
    clock,
    logger,
  });
  let isReady = true;
  const app = await createApp({
    config,
    members,
    signIn,
    readiness: { isReady: () => isReady && trail.writable },
    client,
    school: createSchoolSettings({
      config,
      fetchSchool: () => platform.school(),
      readSource,
      fetcher,
      clock,
      logger,
    }),
    photos: { links, fetcher },
    logger,
  });

  return {
    app,
    drain() {
      isReady = false;
    },
    async close() {
      isReady = false;
      await app.close();
      await Promise.all([platform.close(), fetcher.close(), signIn.close()]);
    },
  };
}

import type { FastifyInstance } from 'fastify';
import { SEARCH_KINDS } from '#contract/session.ts';
import { createApp } from './app.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config/config.ts';
import type { Client } from './http/assets.ts';
import type { Logger } from './logger.ts';
import { createDirectory } from './members/directory.ts';
import { createOrganizations } from './members/organizations.ts';
import { createRefs } from './members/refs.ts';
import { createMembers } from './members/service.ts';
import { FULL_VIEW } from './members/view.ts';
import { createPhotoFetcher } from './photos/fetcher.ts';
import { createPhotoLinks } from './photos/links.ts';
import { createPhotoSeal } from './photos/seal.ts';
import { createSourceReader } from './photos/source.ts';
import { createSchoolSettings } from './school.ts';
import { createSignIn } from './sign-in/sign-in.ts';
import { createWecardClient } from './wecard/client.ts';
import type { WecardSettings } from './wecard/client.ts';

export interface RelayParts {
  config: Config;
  /** The platform: the configured one, or the embedded emulator. */
  wecard: WecardSettings;
  client: Client | undefined;
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
export async function createRelay({ config, wecard, client, clock, logger }: RelayParts): Promise<Relay> {
  const platform = createWecardClient({ settings: wecard, clock, logger });
  const readSource = createSourceReader(wecard.baseUrl, config.photoHosts);
  const links = createPhotoLinks(createPhotoSeal(config.sessionKeys, clock), readSource);
  const fetcher = createPhotoFetcher();
  const members = createMembers({
    directory: createDirectory((keyword) => platform.search(keyword)),
    refs: createRefs(config.sessionKeys, wecard.ocode),
    organizations: createOrganizations({ fetch: (ids) => platform.organizations(ids), clock, logger }),
    viewFor: () => FULL_VIEW,
    photoUrl: (headImage, viewer) => links.link(headImage, viewer),
    granted: config.grantedFields,
    roleNames: {},
  });
  const signIn = await createSignIn({
    config,
    wecard,
    searchMembers: (keyword) => platform.search(keyword),
    searchesOf: () => SEARCH_KINDS,
    trail: { record: () => Promise.resolve() },
    clock,
    logger,
  });
  let isReady = true;
  const app = await createApp({
    config,
    members,
    signIn,
    readiness: { isReady: () => isReady },
    client,
    school: createSchoolSettings({
      config,
      fetchSchool: () => platform.school(),
      readSource,
      fetcher,
      clock,
      logger,
    }),
    photos: { links, fetcher, clock },
    imageOrigins: imageOriginsOf(config),
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

function imageOriginsOf({ school }: Config): string[] {
  return school.logo === '' ? [] : [new URL(school.logo).origin];
}

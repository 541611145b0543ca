import type { FastifyInstance } from 'fastify';
import type { Member } from '#contract/member.ts';
import type { SearchKind } from '#contract/session.ts';
import type { Trail } from '#server/audit/trail.ts';
import type { Clock } from '#server/clock.ts';
import type { Config } from '#server/config/config.ts';
import { Failure } from '#server/failure.ts';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import { recordRevocations } from '#server/kiosks/revocations.ts';
import type { Logger } from '#server/logger.ts';
import { kioskRoutes } from '#server/routes/kiosk.ts';
import { sessionRoutes } from '#server/routes/session.ts';
import { createViewers } from '#server/viewers/identify.ts';
import type { Viewers } from '#server/viewers/identify.ts';
import { createRefusals } from '#server/viewers/refusals.ts';
import type { Refusals } from '#server/viewers/refusals.ts';
import { createMemoryRevocations, openFileRevocations } from '#server/viewers/revocations.ts';
import { createSessions } from '#server/viewers/sessions.ts';
import type { Viewer } from '#server/viewers/viewer.ts';
import type { WecardSettings } from '#server/wecard/client.ts';
import { createTransport } from '#server/wecard/transport.ts';
import { createAttempts } from './attempts.ts';
import { memberKind } from './member-kind.ts';
import { createPlatformLogin } from './platform-login.ts';
import { gatewaySignInRoute, signInRoutes } from './routes.ts';
import { createUsedOnce } from './used-once.ts';

export interface SignInPartParts {
  readonly config: Config;
  readonly wecard: WecardSettings;
  /** As the application, without any viewer's policy: for the viewer's own record. */
  readonly searchMembers: (keyword: string) => Promise<readonly Member[]>;
  readonly searchesOf: (viewer: Viewer) => Iterable<SearchKind>;
  readonly trail: Pick<Trail, 'record'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Who is asking: everything between a request and its viewer. */
export interface SignInPart {
  readonly viewers: Viewers;
  readonly refusals: Pick<Refusals, 'note'>;
  addRoutes(app: FastifyInstance): void;
  close(): Promise<void>;
}

export async function createSignIn(parts: SignInPartParts): Promise<SignInPart> {
  const { config, wecard, searchMembers, searchesOf, trail, clock, logger } = parts;
  const { publicUrl, sessionKeys: keys, signIn, locale } = config;
  const registry = openKioskRegistry(config.kiosksFile, clock);
  const sessions = createSessions({
    keys,
    publicUrl,
    revocations: await revocationsOf(config, clock, logger),
    kiosks: { isEnrolled: (id) => registry.isEnrolled(id).catch(refuse) },
    clock,
  });
  const refusals = createRefusals(trail, clock);
  const viewers = createViewers({ signIn, trustedProxies: config.trustedProxies, sessions, refusals });
  const revocations = recordRevocations(registry, trail, logger);
  const transport = createTransport(wecard.baseUrl);
  const demo = config.wecard === undefined && signIn.mode === 'none';

  return {
    viewers,
    refusals,
    addRoutes(app) {
      sessionRoutes(app, { mode: signIn.mode, demo, viewers, sessions, searchesOf, trail, clock });
      kioskRoutes(app, { basePath: publicUrl.pathname, locale, kiosks: registry, sessions, trail });
      if (signIn.mode === 'header') gatewaySignInRoute(app, publicUrl.pathname);
      if (signIn.mode !== 'wecard') return;
      signInRoutes(app, {
        publicUrl,
        locale,
        contact: config.school.contact,
        login: createPlatformLogin({
          settings: wecard,
          transport,
          redirectUri: new URL('auth/callback', publicUrl).href,
        }),
        attempts: createAttempts({ keys, publicUrl, used: createUsedOnce(clock), clock }),
        sessions,
        kindOf: async (cardNumber) => memberKind(await searchMembers(cardNumber), cardNumber),
        trail,
      });
    },
    async close() {
      await Promise.all([transport.close(), refusals.close(), revocations.stop()]);
    },
  };

  /** The list of kiosks cannot be read: nobody is a kiosk, and nobody is told that they are none. */
  function refuse(error: unknown): never {
    logger.error({ err: error }, 'the list of kiosks cannot be read');
    throw new Failure('busy', { reason: 'kiosks' });
  }
}

function revocationsOf({ signOutsFile }: Config, clock: Clock, logger: Logger) {
  if (signOutsFile === undefined) return createMemoryRevocations(clock);
  const onProblem = (err: unknown) => logger.error({ err }, 'a sign-out holds until the relay stops');
  return openFileRevocations({ file: signOutsFile, clock, onProblem });
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Member } from '#contract/member.ts';
import type { SearchKind, ViewerKind } from '#contract/session.ts';
import type { Clock } from '#server/clock.ts';
import type { Config } from '#server/config/config.ts';
import { keepsSessions } from '#server/config/sign-in.ts';
import { Failure } from '#server/failure.ts';
import { createKioskRegistry } from '#server/kiosks/registry.ts';
import { recordRevocations } from '#server/kiosks/revocations.ts';
import { watchKiosks } from '#server/kiosks/sightings.ts';
import type { KioskSightings } from '#server/kiosks/sightings.ts';
import { createSignInAttempts } from '#server/limits/sign-in-attempts.ts';
import type { Logger } from '#server/logger.ts';
import type { Standing } from '#server/policy/groups.ts';
import type { Recorder } from '#server/recorder.ts';
import type { SharedState } from '#server/shared/shared-state.ts';
import { kioskRoutes } from '#server/routes/kiosk.ts';
import { sessionRoutes } from '#server/routes/session.ts';
import { createViewers } from '#server/viewers/identify.ts';
import type { Viewers } from '#server/viewers/identify.ts';
import { createSessions } from '#server/viewers/sessions.ts';
import type { Viewer } from '#server/viewers/viewer.ts';
import type { WecardSettings } from '#server/wecard/client.ts';
import type { Transport } from '#server/wecard/transport.ts';
import { gatewaySignInRoute } from './gateway.ts';
import { createOAuthState } from './oauth-state.ts';
import { createPlatformLogin } from './platform-login.ts';
import { signInRoutes } from './routes.ts';

export interface SignInModuleParts {
  readonly config: Config;
  readonly wecard: WecardSettings;
  /** To the platform, for sign-ins alone; closed with the module. */
  readonly transport: Transport;
  /** As the application, without any viewer's policy: for the viewer's own record. */
  readonly searchMembers: (keyword: string) => Promise<readonly Member[]>;
  readonly searchesOf: (viewer: Viewer) => Iterable<SearchKind>;
  /** What the policy makes of a gateway's groups. */
  readonly standingOf: (groups: readonly string[]) => Standing;
  /** Of the app's page that this relay gives; undefined where it gives none. */
  readonly pageVersion: string | undefined;
  readonly recorder: Recorder;
  readonly shared: Pick<SharedState, 'counters' | 'nonces' | 'revocations' | 'kiosks'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Who is asking: everything between a request and its viewer. */
export interface SignInModule {
  readonly viewers: Viewers;
  readonly kiosks: Pick<KioskSightings, 'list'>;
  /** The app's page is given to whoever this is. Never rejects. */
  givesPage(request: FastifyRequest): Promise<void>;
  addRoutes(app: FastifyInstance): void;
  close(): Promise<void>;
}

export function createSignIn(parts: SignInModuleParts): SignInModule {
  const { config, wecard, transport, searchMembers, searchesOf, standingOf } = parts;
  const { recorder, shared, clock, logger } = parts;
  const { publicUrl, sessionKeys: keys, signIn, locale, trustedProxies } = config;
  const registry = createKioskRegistry(shared.kiosks, config.kiosksFile, clock);
  const sightings = watchKiosks(registry, clock, logger);
  const sessions = createSessions({
    keys,
    publicUrl,
    revocations: shared.revocations,
    kiosks: {
      isEnrolled: (id) => registry.isEnrolled(id).catch(refuse),
      saw: (id, { keyId, loads }) =>
        sightings.saw(id, {
          keyId,
          ...(loads && parts.pageVersion !== undefined ? { version: parts.pageVersion } : {}),
        }),
    },
    clock,
  });
  const viewers = createViewers({ signIn, trustedProxies, standingOf, sessions, recorder });
  const revocations = recordRevocations(registry, { recorder, nonces: shared.nonces, logger });
  const demo = config.wecard === undefined && signIn.mode === 'none';

  return {
    viewers,
    kiosks: sightings,
    // The page is given whoever asks; where the list cannot be read, the next request says so.
    givesPage: (request) => sessions.givesPage(request).catch(() => undefined),
    addRoutes(app) {
      sessionRoutes(app, { signIn, demo, viewers, sessions, searchesOf, recorder, clock });
      kioskRoutes(app, { basePath: publicUrl.pathname, locale, kiosks: registry, sessions, recorder });
      if (signIn.mode === 'header') {
        const page = { basePath: publicUrl.pathname, locale, contact: config.school.contact };
        gatewaySignInRoute(app, {
          ...page,
          beginsSession: keepsSessions(signIn),
          viewers,
          sessions,
          recorder,
        });
      }
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
        oauthState: createOAuthState({ keys, publicUrl, nonces: shared.nonces, clock }),
        attempts: createSignInAttempts(shared.counters),
        sessions,
        kindOf: async (cardNumber) => memberKind(await searchMembers(cardNumber), cardNumber),
        recorder,
      });
    },
    async close() {
      await Promise.all([transport.close(), revocations.stop(), sightings.stop()]);
    },
  };

  /** The list of kiosks cannot be read: nobody is a kiosk, and nobody is told that they are none. */
  function refuse(error: unknown): never {
    logger.error({ err: error }, 'the list of kiosks cannot be read');
    throw new Failure('busy', { reason: 'kiosks-not-readable' });
  }
}

/** The search's classification. The OAuth calls' `identity_type` is another number: a school's own identity id. */
const KINDS: Readonly<Partial<Record<string, ViewerKind>>> = {
  '1': 'other',
  '2': 'student',
  '3': 'staff',
  '4': 'alumni',
};

/**
 * What a viewer is to the school: the classification in their own record, found by card number.
 * Somebody without a record, or with one that says nothing, is `other`.
 */
function memberKind(members: readonly Member[], cardNumber: string): ViewerKind {
  const own = members.filter((member) => member.card_number === cardNumber);
  const kinds = new Set(own.map((member) => KINDS[member.identity_type ?? ''] ?? 'other'));
  const [kind] = kinds;
  return kinds.size === 1 && kind !== undefined ? kind : 'other';
}

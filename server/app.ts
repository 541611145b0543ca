import compress from '@fastify/compress';
import fastify, { LogController } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { Compile } from 'typebox/compile';
import type { TSchema } from 'typebox';
import type { Clock } from '#server/clock.ts';
import type { Config } from '#server/config/config.ts';
import { identityHeadersOf, keepsSessions } from '#server/config/sign-in.ts';
import { Failure } from '#server/failure.ts';
import { requireAccess } from '#server/http/access.ts';
import { limitConnections } from '#server/http/connections.ts';
import { refuseForeignRequests } from '#server/http/csrf.ts';
import { answerClientError, answerFailures, sendFailure } from '#server/http/failures.ts';
import { inlineHashes } from '#server/http/page.ts';
import { refuseAmbiguousRequests, refuseOtherHosts } from '#server/http/plain-requests.ts';
import { limitPublicRoutes } from '#server/http/rate-limits.ts';
import { logAnswer, logRequests, newRequestId } from '#server/http/request-log.ts';
import { securityHeaders, sendSecurityHeaders } from '#server/http/security-headers.ts';
import { MAX_BODY_BYTES, acceptStrictJson } from '#server/http/strict-json.ts';
import type { Logger } from '#server/logger.ts';
import { measureRequests } from '#server/metrics/measured.ts';
import type { Metrics } from '#server/metrics/metrics.ts';
import type { Members } from '#server/members/service.ts';
import type { Recorder } from '#server/recorder.ts';
import { serveClient } from '#server/routes/client.ts';
import type { Client } from '#server/routes/client.ts';
import { doctorRoute } from '#server/routes/doctor.ts';
import { endConnectionsWhenDraining, healthRoutes } from '#server/routes/health.ts';
import type { Readiness } from '#server/routes/health.ts';
import { photoRoute, renewPhotosRoute, schoolLogoRoute } from '#server/routes/photos.ts';
import type { PhotoRouteParts } from '#server/routes/photos.ts';
import { revealRoutes } from '#server/routes/reveal.ts';
import { searchRoute } from '#server/routes/search.ts';
import type { SchoolSettings } from '#server/school.ts';
import type { Nonces } from '#server/shared/nonces.ts';
import type { SignInModule } from '#server/sign-in/sign-in.ts';
import { trustedPeers } from '#server/viewers/gateway-headers.ts';
import { withoutPort } from '#server/viewers/request-context.ts';

/** A request that is not whole by then is closed, within a second more. */
const REQUEST_TIMEOUT_MS = 4_500;

export interface AppParts {
  config: Config;
  members: Members;
  signIn: SignInModule;
  recorder: Recorder;
  readiness: Readiness;
  /** The built app; undefined where somebody else serves it. */
  client: Client | undefined;
  school: SchoolSettings;
  photos: PhotoRouteParts;
  nonces: Nonces;
  clock: Clock;
  metrics: Metrics;
  logger: Logger;
}

/** The relay's HTTP side, the same in tests and in production. Listens nowhere yet. */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const { config, client, logger } = parts;
  const { signIn } = config;
  const basePath = config.publicUrl.pathname;
  const isTrusted = trustedPeers(config.trustedProxies);
  const headers = securityHeaders({
    publicUrl: config.publicUrl,
    inline: inlineHashes(client?.page ?? ''),
  });
  const app = fastify({
    loggerInstance: logger,
    // Its own request lines would hold addresses: see logRequests.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    requestIdHeader: false,
    genReqId: newRequestId,
    trustProxy: (address) => isTrusted(withoutPort(address)),
    // What still arrives on an open connection is answered, and is the connection's last: see endConnectionsWhenDraining.
    return503OnClosing: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: {
      headersTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: 1_000,
      // Refused by our own hook, in the envelope.
      requireHostHeader: false,
    },
    rewriteUrl: ({ url = '/' }) => withoutBase(url, basePath),
    clientErrorHandler: (error, socket) => answerClientError(error, socket, logger),
    // An address that cannot be read gets no hooks.
    frameworkErrors: (error, request, reply) => {
      void reply.headers(headers).header('x-request-id', request.id);
      void sendFailure(error, request, reply);
      logAnswer(request, reply);
    },
  });
  app.setValidatorCompiler<TSchema>(({ schema }) => validatorOf(schema));

  sendSecurityHeaders(app, headers);
  logRequests(app);
  measureRequests(app, parts.metrics);
  refuseAmbiguousRequests(app);
  answerFailures(app);
  if (signIn.mode === 'none' && signIn.loopbackOnly) refuseOtherHosts(app);
  refuseForeignRequests(app, config.publicUrl);
  const userHeader = signIn.mode === 'header' && !keepsSessions(signIn) ? signIn.userHeader : undefined;
  requireAccess(app, parts.signIn.viewers, parts.recorder, userHeader);
  await limitPublicRoutes(app, parts.recorder);
  acceptStrictJson(app);
  limitConnections(app);
  endConnectionsWhenDraining(app, parts.readiness);
  await app.register(compress, { encodings: ['br', 'gzip'], globalDecompression: false });

  healthRoutes(app, parts.readiness);
  searchRoute(app, parts.members);
  photoRoute(app, parts.photos);
  renewPhotosRoute(app, parts.photos);
  revealRoutes(app, parts.members);
  schoolLogoRoute(app, () => parts.school.logo());
  parts.signIn.addRoutes(app);
  doctorRoute(app, {
    keys: config.sessionKeys,
    trustedProxies: config.trustedProxies,
    identityHeaders: identityHeadersOf(signIn),
    nonces: parts.nonces,
    clock: parts.clock,
  });
  if (client !== undefined)
    await serveClient(app, {
      client,
      basePath,
      appConfig: () => parts.school.appConfig(),
      onPage: (request) => parts.signIn.givesPage(request),
    });
  await app.ready();
  return app;
}

/** Accepts what a schema describes, as it is: nothing is converted and nothing removed. */
function validatorOf(schema: TSchema) {
  const compiled = Compile(schema);
  return (value: unknown) =>
    compiled.Check(value)
      ? { value }
      : {
          error: new Failure('invalid', {
            reason: 'unexpected-fields',
            words: 'The request does not have the fields that it must have.',
          }),
        };
}

/** Behind a proxy the path arrives with the public prefix or without it; both are ours. */
function withoutBase(url: string, basePath: string): string {
  return basePath !== '/' && url.startsWith(basePath) ? url.slice(basePath.length - 1) : url;
}

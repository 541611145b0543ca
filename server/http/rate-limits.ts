import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { Failure } from '#server/failure.ts';
import type { Recorder } from '#server/recorder.ts';
import { networkOf } from '#server/viewers/request-context.ts';

const WINDOW_MS = 60_000;
/** Addresses that are counted apart; the one that asked longest ago is forgotten first. */
const MAX_ADDRESSES = 10_000;

/**
 * Requests a minute, from one address and from everybody together: a campus may sit behind one address. Each class is
 * counted by itself, so that whoever uses up one of them leaves the others alone.
 */
const MOST = {
  page: { address: 6_000, deployment: 60_000 },
  'sign-in': { address: 300, deployment: 3_000 },
  // Each costs a slow hash, and nobody enrols more kiosks than that.
  enrolment: { address: 10, deployment: 60 },
} as const;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Which limit a public route counts against: `page` unless it says otherwise. `none` is for operators. */
    limit?: keyof typeof MOST | 'none';
  }
}

/** Limits what anybody may ask for; viewers have limits of their own. */
export async function limitPublicRoutes(
  app: FastifyInstance,
  recorder: Pick<Recorder, 'recordRefusal'>,
): Promise<void> {
  await app.register(rateLimit, { global: false, cache: MAX_ADDRESSES });
  const limiter = (max: number, keyGenerator: (request: { ip: string }) => string) =>
    app.createRateLimit({ max, timeWindow: WINDOW_MS, keyGenerator });
  const limitersOf = (limit: keyof typeof MOST) => [
    limiter(MOST[limit].address, ({ ip }) => networkOf(ip)),
    limiter(MOST[limit].deployment, () => 'everybody'),
  ];
  const limiters = {
    page: limitersOf('page'),
    'sign-in': limitersOf('sign-in'),
    enrolment: limitersOf('enrolment'),
    none: [],
  };

  app.addHook('onRequest', async (request) => {
    const { access, limit = 'page' } = request.routeOptions.config;
    if (access !== 'public') return;
    for (const check of limiters[limit]) {
      const result = await check(request);
      if (result.isAllowed || !result.isExceeded) continue;
      const refusal = { event: 'refusal', outcome: 'limited', requestId: request.id } as const;
      void recorder.recordRefusal(refusal, networkOf(request.ip));
      throw new Failure('limited', {
        reason: 'limit',
        rule: `requests (${limit})`,
        retryAfter: result.ttlInSeconds,
        words: 'Too many requests. Go on later.',
      });
    }
  });
}

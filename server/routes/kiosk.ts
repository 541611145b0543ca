import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Type } from 'typebox';
import type { AppConfig } from '#contract/app-config.ts';
import type { Trail } from '#server/audit/trail.ts';
import { Failure } from '#server/failure.ts';
import { FAILURE_ANSWERS } from '#server/http/schemas.ts';
import { enrolPage } from '#server/kiosks/enrol-page.ts';
import type { KioskRegistry } from '#server/kiosks/registry.ts';
import { pageLocale } from '#server/pages/locale.ts';
import { sendPage } from '#server/pages/page.ts';
import type { Sessions } from '#server/viewers/sessions.ts';

/** Entries a minute from everybody together: each costs a slow hash, and nobody enrols more kiosks than that. */
const ENTRIES_PER_MINUTE = 20;

export interface KioskRoutesParts {
  readonly basePath: string;
  readonly locale: AppConfig['locale'];
  readonly kiosks: Pick<KioskRegistry, 'enrol'>;
  readonly sessions: Sessions;
  readonly trail: Pick<Trail, 'record'>;
}

const EnrolSchema = Type.Object(
  { code: Type.String({ minLength: 1, maxLength: 32 }) },
  { additionalProperties: false },
);
const EnrolledSchema = Type.Object({ errcode: Type.Literal(0), errmsg: Type.String(), name: Type.String() });

/** How a device becomes a kiosk: the page for the operator's code, and its answer. */
export function kioskRoutes(app: FastifyInstance, parts: KioskRoutesParts): void {
  const { basePath, locale, kiosks, sessions, trail } = parts;
  const entries = new RateLimiterMemory({ points: ENTRIES_PER_MINUTE, duration: 60 });

  app.get('/kiosk/enrol', { config: { access: 'public' } }, (request, reply) =>
    sendPage(reply, 200, enrolPage(pageLocale(locale, request.headers['accept-language']), basePath)),
  );

  app.withTypeProvider<TypeBoxTypeProvider>().post(
    '/api/kiosk/enrol',
    {
      config: { access: 'public' },
      schema: { body: EnrolSchema, response: { 200: EnrolledSchema, ...FAILURE_ANSWERS } },
    },
    async (request, reply) => {
      await entries.consume('everybody').catch(refuseEntry);
      const kiosk = await kiosks.enrol(request.body.code);
      if (kiosk === undefined) {
        await trail.record({ event: 'enrol', outcome: 'forbidden', requestId: request.id });
        throw new Failure('forbidden', { words: 'This code is wrong or no longer good.' });
      }
      const viewer = { id: kiosk.id, kind: 'kiosk', groups: [] } as const;
      await trail.record({
        event: 'enrol',
        outcome: 'ok',
        viewer: kiosk.id,
        kind: 'kiosk',
        device: kiosk.id,
        requestId: request.id,
      });
      await sessions.begin(request, reply, { origin: 'kiosk', viewer });
      return { errcode: 0, errmsg: 'ok', name: kiosk.name } as const;
    },
  );
}

function refuseEntry(reason: unknown): never {
  if (!(reason instanceof RateLimiterRes)) throw reason;
  throw new Failure('limited', { retryAfter: Math.ceil(reason.msBeforeNext / 1000) });
}

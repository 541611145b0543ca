import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { AppConfig } from '#contract/app-config.ts';
import { Failure } from '#server/failure.ts';
import { FAILURE_ANSWERS } from '#server/http/schemas.ts';
import type { KioskRegistry } from '#server/kiosks/registry.ts';
import { enrolPage } from '#server/pages/enrol.ts';
import { pageLocale, sendPage } from '#server/pages/page.ts';
import { requireWritable } from '#server/recorder.ts';
import type { Recorder } from '#server/recorder.ts';
import { networkOf } from '#server/viewers/request-context.ts';
import type { Sessions } from '#server/viewers/sessions.ts';

export interface KioskRoutesParts {
  readonly basePath: string;
  readonly locale: AppConfig['locale'];
  readonly kiosks: Pick<KioskRegistry, 'enrol'>;
  readonly sessions: Sessions;
  readonly recorder: Recorder;
}

const EnrolSchema = Type.Object(
  { code: Type.String({ minLength: 1, maxLength: 32 }) },
  { additionalProperties: false },
);
const EnrolledSchema = Type.Object({ errcode: Type.Literal(0), errmsg: Type.String(), name: Type.String() });

/** How a device becomes a kiosk: the page for the operator's code, and its answer. */
export function kioskRoutes(app: FastifyInstance, parts: KioskRoutesParts): void {
  const { basePath, locale, kiosks, sessions, recorder } = parts;

  app.get('/kiosk/enrol', { config: { access: 'public' } }, (request, reply) =>
    sendPage(reply, 200, enrolPage(pageLocale(locale, request.headers['accept-language']), basePath)),
  );

  app.withTypeProvider<TypeBoxTypeProvider>().post(
    '/api/kiosk/enrol',
    {
      config: { access: 'public', limit: 'enrolment' },
      schema: { body: EnrolSchema, response: { 200: EnrolledSchema, ...FAILURE_ANSWERS } },
    },
    async (request, reply) => {
      const { id: requestId } = request;
      requireWritable(recorder);
      const kiosk = await kiosks.enrol(request.body.code, ({ id }) =>
        recorder.record({ event: 'enrol', outcome: 'ok', viewer: id, kind: 'kiosk', device: id, requestId }),
      );
      if (kiosk === undefined) {
        const refusal = { event: 'enrol', outcome: 'forbidden', requestId } as const;
        await recorder.recordRefusal(refusal, networkOf(request.ip));
        const words = 'This code is wrong or no longer good.';
        throw new Failure('forbidden', { reason: 'enrolment-code', words });
      }
      const viewer = { id: kiosk.id, kind: 'kiosk', groups: [] } as const;
      await sessions.begin(request, reply, { origin: 'kiosk', viewer });
      return { errcode: 0, errmsg: 'ok', name: kiosk.name } as const;
    },
  );
}

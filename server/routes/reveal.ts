import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import {
  FAILURE_ANSWERS,
  RevealAnswerSchema,
  RevealRequestSchema,
  VerifyAnswerSchema,
  VerifyRequestSchema,
} from '#server/http/schemas.ts';
import type { Members } from '#server/members/service.ts';
import { requestContextOf } from '#server/viewers/request-context.ts';

/** `POST /api/members/reveal` and `…/verify`: one masked value in full, or a check of its last four. */
export function revealRoutes(app: FastifyInstance, members: Members): void {
  const typed = app.withTypeProvider<TypeBoxTypeProvider>();
  typed.post(
    '/api/members/reveal',
    {
      config: { access: 'viewer' },
      schema: { body: RevealRequestSchema, response: { 200: RevealAnswerSchema, ...FAILURE_ANSWERS } },
    },
    (request) => members.reveal(requestContextOf(request), request.body),
  );
  typed.post(
    '/api/members/verify',
    {
      config: { access: 'viewer' },
      schema: { body: VerifyRequestSchema, response: { 200: VerifyAnswerSchema, ...FAILURE_ANSWERS } },
    },
    (request) => members.verify(requestContextOf(request), request.body),
  );
}

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { keywordProblem, spellingsOf } from '#contract/keyword.ts';
import type { KeywordProblem } from '#contract/keyword.ts';
import { Failure } from '#server/failure.ts';
import { FAILURE_ANSWERS, SearchAnswerSchema, SearchRequestSchema } from '#server/http/schemas.ts';
import type { Members } from '#server/members/service.ts';
import { requestContextOf } from '#server/viewers/request-context.ts';

const WORDS: Readonly<Record<KeywordProblem, string>> = {
  empty: 'Enter a name or a card number.',
  'too-long': 'No name and no card number is that long.',
  unreadable: 'The keyword holds characters that no name has.',
};

/** `POST /api/members/search`: who has this name or card number, or one member again by reference. */
export function searchRoute(app: FastifyInstance, members: Members): void {
  app.withTypeProvider<TypeBoxTypeProvider>().post(
    '/api/members/search',
    {
      config: { access: 'viewer' },
      schema: { body: SearchRequestSchema, response: { 200: SearchAnswerSchema, ...FAILURE_ANSWERS } },
    },
    async (request) => {
      const { body } = request;
      if ('ref' in body) return members.open(requestContextOf(request), body.ref);
      return members.search(requestContextOf(request), readKeyword(body.keywords));
    },
  );
}

/** Read as the app reads it, so that limits and the audit log see one spelling whoever sends it. */
function readKeyword(sent: string): string[] {
  const spellings = spellingsOf(sent);
  const problem = keywordProblem(sent) ?? keywordProblem(spellings[0] ?? '');
  if (problem !== undefined)
    throw new Failure('invalid', { reason: 'keyword', rule: problem, words: WORDS[problem] });
  return spellings;
}

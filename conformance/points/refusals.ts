import { MAX_KEYWORD_LENGTH } from '#contract/keyword.ts';
import { isRecord } from '#contract/json.ts';
import { readCode } from '#contract/reply.ts';
import { REQUESTED_WITH } from '#contract/wire.ts';
import { APP_HEADERS, outcomeOf } from '../backend.ts';
import type { Sending } from '../backend.ts';
import { describe, expectKind, expectRefused, expectThat } from '../expect.ts';
import { NotApplicable } from '../point.ts';
import type { Point } from '../point.ts';

/** Longer than any search, and short enough to be sent before it is refused. */
const TOO_MANY_BYTES = 64 * 1024;
const NO_JSON = 'Read the body as JSON, and answer 400 with an errcode where that fails.';
const EMPTY = { body: JSON.stringify({ keywords: '' }) };

/** What no search is made of: refused as the caller's mistake. */
const INVALID: readonly { id: string; title: string; cure: string; sending: Sending }[] = [
  {
    id: 'invalid.empty-keyword',
    title: 'An empty keyword is refused',
    cure: 'Answer 400 (or pass on 40009) without asking the platform for it.',
    sending: EMPTY,
  },
  {
    id: 'invalid.json',
    title: 'A body that is no JSON is refused',
    cure: NO_JSON,
    sending: { body: '{"keywords":' },
  },
  {
    id: 'invalid.no-keyword',
    title: 'A body without a keyword is refused',
    cure: NO_JSON,
    sending: { body: '{}' },
  },
  {
    id: 'invalid.keyword-type',
    title: 'A keyword that is no text is refused',
    cure: 'A number has lost its leading zeros by then: answer 400.',
    sending: { body: '{"keywords":7302590}' },
  },
  {
    id: 'invalid.too-many-bytes',
    title: `A body of ${TOO_MANY_BYTES / 1024} KiB is refused`,
    cure: 'Read 4 KiB at most, and answer 400 or 413.',
    sending: { body: JSON.stringify({ keywords: '长'.repeat(TOO_MANY_BYTES / 3) }) },
  },
];

export const REFUSAL_POINTS: readonly Point[] = [
  ...INVALID.map(({ id, title, cure, sending }): Point => ({
    id,
    title,
    check: async ({ backend }) => expectKind(await backend.send(sending), ['invalid'], cure),
  })),
  {
    id: 'invalid.long-keyword',
    title: `A keyword of more than ${MAX_KEYWORD_LENGTH} characters is refused, or finds nobody`,
    async check({ backend }) {
      const answer = await backend.search('长'.repeat(MAX_KEYWORD_LENGTH + 1));
      const outcome = outcomeOf(answer);
      if (outcome.ok && outcome.reply.members.length === 0) return 'finds nobody';
      return expectKind(answer, ['invalid'], 'No name and no card number is that long: answer 400.');
    },
  },
  {
    id: 'refusal.envelope',
    title: 'A refusal is the envelope {errcode, errmsg}, in words of its own',
    async check({ backend }) {
      const answer = await backend.send(EMPTY);
      const { body, text } = answer;
      const code = isRecord(body) ? readCode(body.errcode) : undefined;
      const isEnvelope =
        isRecord(body) && code !== undefined && code !== 0 && typeof body.errmsg === 'string';
      const isInternal =
        /Traceback|Exception\b|\n\s+at |goroutine \d|Stack trace|app_secret|access_token/.test(text);
      expectThat(isEnvelope && !isInternal, {
        expected: '{"errcode":400,"errmsg":"…"} without anything of the program’s inside',
        came: isInternal ? `${describe(answer)}, and words of the program’s inside` : describe(answer),
        cure: 'Answer failures as JSON with an errcode (the platform’s, or the HTTP status) and an errmsg of your own.',
      });
      return undefined;
    },
  },
  {
    id: 'request.method',
    title: 'Only POST searches',
    async check({ backend }) {
      const body = JSON.stringify({ keywords: '' });
      const cure = 'Answer 405 to whatever is no POST (OPTIONS from another origin aside).';
      const refusals: string[] = [];
      for (const sending of [{ method: 'GET' }, { method: 'PUT', body }, { method: 'DELETE' }])
        refusals.push(expectRefused(await backend.send(sending), cure));
      return [...new Set(refusals)].join(', ');
    },
  },
  {
    id: 'request.content-type',
    title: 'What a plain form can send is refused',
    async check({ backend, members }) {
      const headers = { ...APP_HEADERS, 'content-type': 'text/plain' };
      const body = JSON.stringify({ keywords: members.hit });
      return expectRefused(
        await backend.send({ headers, body }),
        'Answer 415 unless the request is application/json: a form on any web page can send text/plain, with the viewer’s cookies.',
      );
    },
  },
  {
    id: 'request.header',
    title: `What comes without ${REQUESTED_WITH.name} is refused`,
    async check({ backend, members }) {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ keywords: members.hit });
      return expectRefused(
        await backend.send({ headers, body }),
        `Answer 403 unless ${REQUESTED_WITH.name} is "${REQUESTED_WITH.value}": other sites cannot send it without asking first.`,
      );
    },
  },
  {
    id: 'request.signed-out',
    title: 'Without the session, nobody is found',
    async check({ backend, members }) {
      if (Object.keys(backend.credentials ?? {}).length === 0)
        throw new NotApplicable('no --header was given that signs in');
      const answer = await backend.send({ body: JSON.stringify({ keywords: members.hit }), anonymous: true });
      return expectKind(
        answer,
        ['signed-out'],
        'Answer 401 where nobody is signed in, not a redirect: the app then leads to signInUrl.',
      );
    },
  },
];

import { CARD_FIELDS, isFieldKey } from '#contract/fields.ts';
import { isRecord } from '#contract/json.ts';
import { parseSessionAnswer } from '#contract/session.ts';
import { PROBLEM } from '#contract/wire.ts';
import { APP_HEADERS } from '../backend.ts';
import type { Answer, Backend } from '../backend.ts';
import { describe, expectKind, expectThat, onlyMember, replyIn } from '../expect.ts';
import { NotApplicable } from '../point.ts';
import type { Context, Point } from '../point.ts';

const SEARCH_PATH = 'api/members/search';
/** The relay's clock and this machine's. */
const CLOCKS_MS = 300_000;
const EXTRAS = 'See docs/openapi.json; the app does without it where the setting relay is false.';

/** What the bundled relay adds, and an app with the setting `relay` counts on. */
export const RELAY_POINTS: readonly Point[] = [
  point('relay.ref', 'A member has a ref that finds the same record again', async ({ backend, members }) => {
    const expected = 'a ref, and the same member by it';
    const { ref } = onlyMember(await backend.search(members.hit), members.hit);
    expectThat(ref !== undefined, { expected, came: 'no ref', cure: EXTRAS });
    const again = onlyMember(await backend.send({ body: JSON.stringify({ ref }) }), members.hit);
    expectThat(again.ref !== undefined, { expected, came: 'no ref the second time', cure: EXTRAS });
    return undefined;
  }),
  point('relay.ref.forged', 'A ref that nobody gave out is refused', async ({ backend }) =>
    expectKind(await backend.send({ body: JSON.stringify({ ref: 'forged' }) }), ['invalid'], EXTRAS),
  ),
  point(
    'relay.cards',
    'Several members come with what a card shows, one comes complete',
    async ({ backend, members }) => {
      const several = await backend.search(members.many);
      const reply = replyIn(several, 'several members', EXTRAS);
      const told = new Set(reply.members.flatMap((member) => Object.keys(member).filter(isFieldKey)));
      const extra = [...told].filter((key) => !CARD_FIELDS.includes(key));
      const expected = 'complete: false and the fields of a card';
      const came = `complete: ${reply.complete}, besides ${extra.length === 0 ? 'nothing' : extra.join(', ')}`;
      expectThat(!reply.complete && extra.length === 0, { expected, came, cure: EXTRAS });
      const one = replyIn(await backend.search(members.hit), 'one member', EXTRAS);
      expectThat(one.complete, { expected: 'a complete single hit', came: 'complete: false', cure: EXTRAS });
      return undefined;
    },
  ),
  point('relay.time', 'An answer tells the time', async ({ backend, members }) => {
    const { time = 0 } = replyIn(await backend.search(members.hit), 'one member', EXTRAS);
    const apart = Math.abs(time - Date.now());
    expectThat(apart < CLOCKS_MS, {
      expected: 'time: milliseconds since the epoch, as on this machine',
      came: time === 0 ? 'none' : `${Math.round(apart / 1000)} s apart`,
      cure: 'Set both machines by NTP: validity is judged by it.',
    });
    return undefined;
  }),
  point('relay.searched', 'An answer tells the spelling that found', async ({ backend, members }) => {
    const reply = replyIn(await backend.search(` ${members.hit}\u200b `), 'one member', EXTRAS);
    const isTold = reply.searched === members.hit && reply.members.length === 1;
    const came = reply.searched === undefined ? 'none' : 'another';
    expectThat(isTold, { expected: 'searched: the name without what nobody sees', came, cure: EXTRAS });
    return undefined;
  }),
  point('relay.request-id', 'A failure names its request', async ({ backend }) => {
    const answer = await backend.send({ body: '{}' });
    const told = isRecord(answer.body) ? answer.body.request_id : undefined;
    const isSame = typeof told === 'string' && told !== '' && told === answer.headers['x-request-id'];
    const expected = 'request_id, the same as in X-Request-Id';
    expectThat(isSame, { expected, came: 'none, or another', cure: EXTRAS });
    return undefined;
  }),
  point('relay.strict', 'A body with more than one reading is refused', async ({ backend }) => {
    for (const body of [
      '{"keywords":"a","ref":"b"}',
      '{"keywords":"a","keywords":"b"}',
      '\ufeff{"keywords":"a"}',
    ])
      expectKind(await backend.send({ body }), ['invalid'], EXTRAS);
    return undefined;
  }),
  point('relay.foreign', 'A page of another site is told that the way here is wrong', async ({ backend }) => {
    const headers = { ...APP_HEADERS, origin: 'https://elsewhere.invalid', 'sec-fetch-site': 'cross-site' };
    const answer = await backend.send({ headers, body: '{}' });
    const told = answer.headers[PROBLEM.name.toLowerCase()];
    const expected = `HTTP 403 with ${PROBLEM.name}: ${PROBLEM.setUp}`;
    const isTold = answer.status === 403 && told === PROBLEM.setUp;
    expectThat(isTold, { expected, came: describe(answer), cure: EXTRAS });
    return undefined;
  }),
  point('relay.session', 'GET api/session tells who is looking', async (context) => {
    const answer = await beside(context.backend, 'api/session');
    const isTold = answer.status === 200 && parseSessionAnswer(answer.body) !== undefined;
    const expected = 'HTTP 200 with viewer, signInUrl and the rest';
    expectThat(isTold, { expected, came: `HTTP ${answer.status}`, cure: EXTRAS });
    return undefined;
  }),
  point('relay.reveal', 'Nothing is revealed or checked by a forged ref', async ({ backend }) => {
    const body = { ref: 'forged', field: 'telephone' };
    for (const [path, sent] of [
      ['api/members/reveal', body],
      ['api/members/verify', { ...body, answer: '0000' }],
    ] as const) {
      const answer = await beside(backend, path, JSON.stringify(sent));
      expectKind(answer, ['invalid', 'forbidden'], EXTRAS);
    }
    return undefined;
  }),
  point(
    'relay.photo',
    'A photo comes through the relay, and only one that it gave a link to',
    async (context) => {
      const { backend, members } = context;
      const cure = 'Links end after minutes; no address but the relay’s own may serve as one.';
      const forged = await beside(backend, 'api/photos/forged');
      const came = `HTTP ${forged.status} to a forged link`;
      expectThat(forged.status === 404, { expected: 'HTTP 404 to a forged link', came, cure });
      const { head_image: link } = onlyMember(await backend.search(members.hit), members.hit);
      if (link === undefined) return 'the test member has no photo to see';
      const photo = await beside(backend, link);
      const type = photo.headers['content-type'] ?? 'no Content-Type';
      const isPhoto = photo.status === 200 && /^image\/(jpeg|png|webp|gif)$/.test(type);
      expectThat(isPhoto && link.startsWith('api/photos/'), {
        expected: 'a picture at api/photos/…',
        came: `HTTP ${photo.status}, ${type}`,
        cure,
      });
      return undefined;
    },
  ),
  point('relay.health', 'healthz and readyz answer operators', async ({ backend }) => {
    for (const path of ['healthz', 'readyz']) {
      const { status } = await beside(backend, path);
      const cure = 'readyz is 503 while it shuts down, or while the audit log cannot be written.';
      expectThat(status === 200, { expected: `HTTP 200 at ${path}`, came: `HTTP ${status}`, cure });
    }
    return undefined;
  }),
];

function point(id: string, title: string, check: (context: Context) => Promise<string | undefined>): Point {
  return {
    id,
    title,
    check(context) {
      if (!context.isRelay) throw new NotApplicable('asked for with --relay');
      return check(context);
    },
  };
}

/** Another of the relay's addresses; a POST where there is a body. */
function beside(backend: Backend, path: string, body?: string): Promise<Answer> {
  const { href } = backend.endpoint;
  if (!href.endsWith(SEARCH_PATH)) throw new NotApplicable(`the address does not end in ${SEARCH_PATH}`);
  const url = new URL(path, href.slice(0, -SEARCH_PATH.length));
  if (body === undefined) return backend.ask(url, { headers: { 'x-requested-with': 'wecard-lookup' } });
  return backend.ask(url, { method: 'POST', headers: APP_HEADERS, body });
}

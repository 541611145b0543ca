import type { Emulator } from '#emulator/start.ts';
import { fetchToken, searchPlatform } from '#tests/support/platform.ts';
import { changeBody, changeHeaders, changeMembers, json } from './meddler.ts';
import type { Asked, Meddling, Told } from './meddler.ts';

const NOBODY = { errcode: 0, errmsg: 'ok', userlist: [] };
const FAILED = json(502, { errcode: 502, errmsg: 'failed' });

/** Whatever fails finds nobody: the mistake that hides all others. */
const failuresAreNobody: Meddling = {
  tell: (told) => (told.status >= 400 ? json(200, NOBODY) : told),
};

function otherStatus(from: number, to: number): Meddling {
  return { tell: (told) => (told.status === from ? json(to, { errcode: to, errmsg: 'failed' }) : told) };
}

function at(path: RegExp, told: Told): Meddling {
  return { instead: (asked) => (path.test(asked.path) ? told : undefined) };
}

/** Cannot read the platform in one of its ways. */
function failsWhen(isSo: () => boolean): Meddling {
  return { tell: (told) => (isSo() ? FAILED : told) };
}

/** Fetches a token of its own for each search. */
function tokenEachTime({ url }: Emulator): Meddling {
  return {
    async tell(told) {
      await fetchToken(url);
      return told;
    },
  };
}

/** Asks again and again with a token that is dead. */
function endless({ url }: Emulator): Meddling {
  return {
    async tell(told, { body }) {
      for (let times = 0; times < 3; times += 1) await searchPlatform(url, 'dead', body);
      return told;
    },
  };
}

/** Hands the platform's answer on as it is. */
function passThrough({ url }: Emulator): Meddling {
  return {
    async instead({ body }: Asked) {
      const answer = await searchPlatform(url, await fetchToken(url), body);
      return { ...json(200, {}), body: answer };
    },
  };
}

/** A backend that is wrong in each point, by the point's id. */
export function wrongBackends(emulator: Emulator): Readonly<Record<string, Meddling>> {
  const ways = () => emulator.settings;
  const failure = Object.fromEntries(
    [
      ...['40003', '40008', '40009', '40010', '40018', '40001', '40006', '49999'],
      ...['html', 'status', 'truncated', 'cut', 'redirect', 'huge', 'limited'],
    ].map((name) => [`platform.${name}`, failuresAreNobody]),
  );
  return {
    'search.hit': changeBody((body) => (body.userlist = [])),
    'search.many': changeBody((body) => (body.userlist = [body.userlist].flat().slice(0, 1))),
    'search.nobody': {
      tell: (told) =>
        told.body.includes('"userlist":[]') ? json(404, { errcode: 404, errmsg: 'nobody' }) : told,
    },
    'search.card-number': changeMembers((member) => (member.card_number = Number(member.card_number))),
    'answer.json': changeHeaders((headers) => (headers['content-type'] = 'text/html')),
    'answer.kept-by-nobody': changeHeaders((headers) => (headers['cache-control'] = 'public, max-age=60')),
    'answer.no-credentials': changeBody((body) => (body.access_token = 'secret')),
    'invalid.empty-keyword': failuresAreNobody,
    'invalid.json': otherStatus(400, 500),
    'invalid.no-keyword': failuresAreNobody,
    'invalid.keyword-type': failuresAreNobody,
    'invalid.too-many-bytes': failuresAreNobody,
    'invalid.long-keyword': otherStatus(400, 500),
    'refusal.envelope': changeBody((body) => (body.errmsg = 'Traceback (most recent call last): …')),
    'request.method': {
      ask: (asked) => ({ ...asked, method: 'POST', body: '{"keywords":"张伟"}', headers: appHeaders }),
    },
    'request.content-type': { ask: (asked) => ({ ...asked, headers: appHeaders }) },
    'request.header': { ask: (asked) => ({ ...asked, headers: appHeaders }) },
    'request.signed-out': {},
    'origin.stranger': changeHeaders((headers) => (headers['access-control-allow-origin'] = '*')),
    'origin.app': {},
    'cookies.flags': changeHeaders((headers) => (headers['set-cookie'] = 'session=1; HttpOnly; Path=/')),
    'token.answer': at(/^\/token$/, json(200, { token: 'by another name' })),
    'token.origin': at(/^\/token$/, json(200, { access_token: 'secret', expires_in: 7200 })),
    ...failure,
    'platform.hang': otherStatus(504, 502),
    'platform.drip': otherStatus(504, 502),
    'platform.numbers': failsWhen(() => ways().numbers === 'strings'),
    'platform.validity': failsWhen(() => ways().extraFields),
    'platform.nobody.emptyList': changeBody((body) => {
      if ([body.userlist].flat().length === 0) body.userlist = [{ name: 'somebody else' }];
    }),
    'platform.nobody.code40007': failsWhen(() => ways().nobody === 'code40007'),
    'platform.nobody.noList': failsWhen(() => ways().nobody === 'noList'),
    'platform.words': passThrough(emulator),
    'token.refused': failuresAreNobody,
    'token.empty': failuresAreNobody,
    'token.page': failuresAreNobody,
    'token.40002': tokenEachTime(emulator),
    'token.40005': tokenEachTime(emulator),
    'token.rejected-twice': endless(emulator),
    'token.shared': tokenEachTime(emulator),
    'relay.ref': changeMembers((member) => delete member.ref),
    'relay.ref.forged': failuresAreNobody,
    'relay.cards': changeBody((body) => delete body.complete),
    'relay.time': changeBody((body) => delete body.time),
    'relay.searched': changeBody((body) => delete body.searched),
    'relay.request-id': changeBody((body) => delete body.request_id),
    'relay.strict': failuresAreNobody,
    'relay.foreign': changeHeaders((headers) => (headers['x-problem'] = undefined)),
    'relay.session': at(/^\/api\/session$/, json(200, NOBODY)),
    'relay.reveal': failuresAreNobody,
    'relay.photo': changeHeaders((headers) => {
      if (headers['content-type'] !== 'application/json; charset=utf-8')
        headers['content-type'] = 'text/html';
    }),
    'relay.health': at(/^\/healthz$/, json(500, {})),
  };
}

const appHeaders = { 'content-type': 'application/json', 'x-requested-with': 'wecard-lookup' };

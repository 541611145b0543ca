import { isRecord } from '#contract/json.ts';
import { APP_DEADLINE_MS } from '../backend.ts';
import { count, describe, expectThat, onlyMember, replyIn } from '../expect.ts';
import { NotApplicable } from '../point.ts';
import type { Point } from '../point.ts';

/** What a search finds, and how its answer comes. */
export const SEARCH_POINTS: readonly Point[] = [
  {
    id: 'search.hit',
    title: 'A name that one member has finds that member',
    async check({ backend, members }) {
      const answer = await backend.search(members.hit);
      onlyMember(answer, members.hit);
      expectThat(answer.ms < APP_DEADLINE_MS, {
        expected: `an answer within ${APP_DEADLINE_MS / 1000} s`,
        came: `${(answer.ms / 1000).toFixed(1)} s`,
        cure: 'Give each call to the platform a deadline of 3 s, and a search as a whole 12 s.',
      });
      return `${answer.ms.toFixed(0)} ms`;
    },
  },
  {
    id: 'search.many',
    title: 'A name that several members have finds them all',
    async check({ backend, members }) {
      const expected = 'HTTP 200, errcode 0 and several members of that name';
      const cure = 'Pass the whole userlist on. If no two test members share a name, name some with --many.';
      const answer = await backend.search(members.many);
      const { members: found } = replyIn(answer, expected, cure);
      const isAll = found.length > 1 && found.every(({ name }) => name === members.many);
      expectThat(isAll, { expected, came: describe(answer), cure });
      return count(found);
    },
  },
  {
    id: 'search.nobody',
    title: 'What nobody is called finds nobody, and is no failure',
    async check({ backend, members }) {
      const expected = 'an empty userlist, no userlist, or errcode 40007';
      const cure = 'Answer HTTP 200 with {"errcode":0,"errmsg":"ok","userlist":[]} where nobody matches.';
      const answer = await backend.search(members.nobody);
      const { members: found } = replyIn(answer, expected, cure);
      expectThat(found.length === 0, { expected, came: describe(answer), cure });
      return undefined;
    },
  },
  {
    id: 'search.card-number',
    title: 'A member’s card number finds the same member, with every zero and letter',
    async check({ backend, members }) {
      const { card_number: number } = onlyMember(await backend.search(members.hit), members.hit);
      if (number === undefined) throw new NotApplicable('the test member has no card number');
      const answer = await backend.search(number);
      const expected = 'members with exactly that card number';
      const cure = 'Keep card numbers as text on the way there and back: as numbers they lose leading zeros.';
      const { members: found } = replyIn(answer, expected, cure);
      const isSame = found.length > 0 && found.every((member) => member.card_number === number);
      expectThat(isSame, { expected, came: describe(answer), cure });
      return undefined;
    },
  },
  {
    id: 'answer.json',
    title: 'Answers are JSON in UTF-8 and say so',
    async check({ backend, members }) {
      const answer = await backend.search(members.hit);
      const type = answer.headers['content-type'] ?? '';
      const isTold = /^application\/(json|[\w.-]+\+json)\s*(;\s*charset="?utf-8"?)?$/i.test(type);
      expectThat(isTold && isUtf8(answer.bytes) && isRecord(answer.body), {
        expected: 'Content-Type: application/json and an object in UTF-8',
        came: `${type === '' ? 'no Content-Type' : type}, ${isUtf8(answer.bytes) ? 'UTF-8' : 'not UTF-8'}`,
        cure: 'Send Content-Type: application/json, and re-encode what the platform sends in GBK.',
      });
      return undefined;
    },
  },
  {
    id: 'answer.kept-by-nobody',
    title: 'No cache may keep an answer about members',
    async check({ backend, members }) {
      const { 'cache-control': cache = '', expires = '' } = (await backend.search(members.hit)).headers;
      const isKept = /\b(public|s-maxage|max-age=0*[1-9])/i.test(cache) || Date.parse(expires) > Date.now();
      expectThat(!isKept, {
        expected: 'Cache-Control: no-store',
        came: `Cache-Control: ${cache === '' ? 'none' : cache}; Expires: ${expires === '' ? 'none' : expires}`,
        cure: 'Send Cache-Control: no-store with every answer of this address.',
      });
      return /\bno-store\b/i.test(cache)
        ? undefined
        : 'no Cache-Control: no-store, and nothing that allows it';
    },
  },
  {
    id: 'answer.no-credentials',
    title: 'No answer holds the token or the application’s secret',
    async check({ backend, members }) {
      const answer = await backend.search(members.hit);
      const all = `${answer.text} ${JSON.stringify(answer.headers)}`;
      const told = /access_token|app_secret/i.exec(all)?.[0];
      expectThat(told === undefined, {
        expected: 'nothing named access_token or app_secret in body and headers',
        came: `"${told ?? ''}" in the answer`,
        cure: 'Answer with errcode, errmsg and userlist alone. Whoever has the token can read every member.',
      });
      return undefined;
    },
  },
];

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

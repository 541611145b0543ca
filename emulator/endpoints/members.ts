import { WECARD_CODE } from '#contract/errors.ts';
import { findMessy } from '../campus/messy.ts';
import { failure, success } from '../platform/answer.ts';
import type { Answer } from '../platform/answer.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Settings } from '../platform/settings.ts';
import { tellMember } from '../platform/tell.ts';
import { requireApplication, requireText } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';

const MAX_CARD_NUMBERS = 1000;

/** From so many namesakes on, an answer is kept: 2,000 take milliseconds to tell. */
const MANY_HITS = 100;

/** Exactly this name or card number: cloud.tencent.com/document/api/1523/87726. */
export const search: Endpoint = {
  methods: ['POST'],
  handle(call) {
    const { settings, campus, origin } = call.platform;
    const application = requireApplication(call);
    const keywords = requireText(call.body, 'keywords');
    const key = JSON.stringify([application.appKey, keywords]);
    const kept = call.platform.dearAnswers.get(key);
    if (kept !== undefined) return kept;
    const found = [...campus.find(keywords), ...(settings.messyCampus ? findMessy(keywords) : [])];
    const telling = { application, settings, origin, identity: 'classification' } as const;
    const userlist = found.map((member) => tellMember(member, telling));
    const answer = answerMembers(settings, userlist);
    if (userlist.length >= MANY_HITS)
      call.platform.dearAnswers.set(key, { ...answer, body: Buffer.from(answer.body) });
    return answer;
  },
};

/** Members by card number, in the order asked: cloud.tencent.com/document/api/1523/87724. */
export const byCardNumbers: Endpoint = {
  methods: ['POST'],
  handle(call) {
    const { settings, campus, origin } = call.platform;
    const application = requireApplication(call);
    const numbers = call.body.card_numbers;
    if (numbers === undefined || numbers === null) {
      throw new Refusal(WECARD_CODE.PARAMETER_MISSING, 'card_numbers');
    }
    const isList = Array.isArray(numbers) && numbers.every((number) => typeof number === 'string');
    if (!isList || numbers.length > MAX_CARD_NUMBERS) {
      throw new Refusal(WECARD_CODE.PARAMETER_WRONG, 'card_numbers');
    }
    const found = numbers
      .map((number) => campus.byCardNumber(number))
      .filter((member) => member !== undefined);
    const telling = { application, settings, origin, identity: 'id' } as const;
    return answerMembers(
      settings,
      found.map((member) => tellMember(member, telling)),
    );
  },
};

function answerMembers(settings: Readonly<Settings>, userlist: unknown[]): Answer {
  if (userlist.length > 0 && settings.userlist === 'object') {
    return success(settings, { userlist: userlist.length === 1 ? userlist[0] : Object.assign({}, userlist) });
  }
  if (userlist.length > 0 || settings.nobody === 'emptyList') return success(settings, { userlist });
  return settings.nobody === 'noList'
    ? success(settings, {})
    : failure(settings, WECARD_CODE.CARD_NUMBER_UNKNOWN);
}

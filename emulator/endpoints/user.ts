import { WECARD_CODE } from '#contract/errors.ts';
import { OCODE } from '../applications.ts';
import { json, success } from '../platform/answer.ts';
import type { Answer } from '../platform/answer.ts';
import { applicationByKey } from '../platform/platform.ts';
import { Refusal } from '../platform/refusal.ts';
import { randomToken } from '../platform/tokens.ts';
import { tellMember } from '../platform/tell.ts';
import { accessToken, requireText } from './endpoint.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { expiresIn, refuse } from './token.ts';

/** A wxcode against a token of the person who signed in. The redirect_uri must be the same as before. */
export const userToken: Endpoint = {
  methods: ['POST'],
  handle(call) {
    try {
      return exchange(call);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return refuse(call.platform.settings, error);
    }
  },
};

function exchange({ platform, body }: Call): Answer {
  const { settings } = platform;
  const application = applicationByKey(requireText(body, 'app_key'));
  if (application?.appSecret !== requireText(body, 'app_secret')) {
    throw new Refusal(WECARD_CODE.APP_KEY_OR_SECRET_INVALID);
  }
  if (requireText(body, 'grant_type') !== 'authorization_code') {
    throw new Refusal(WECARD_CODE.PARAMETER_WRONG, 'grant_type');
  }
  const redirectUri = requireText(body, 'redirect_uri');
  const pending = platform.wxcodes.redeem(requireText(body, 'wxcode'));
  if (pending?.signedIn.application !== application) throw new Refusal(WECARD_CODE.WXCODE_INVALID);
  if (pending.redirectUri !== redirectUri) throw new Refusal(WECARD_CODE.PARAMETER_WRONG, 'redirect_uri');
  return json(settings, {
    access_token: platform.userTokens.issue(pending.signedIn, settings.tokenLifetimeSeconds),
    // Of the right look, and of no use: no page says where it would be redeemed.
    refresh_token: randomToken(),
    token_type: 'bearer',
    expires_in: expiresIn(settings),
    ocode: OCODE,
  });
}

/**
 * Who signed in. `snsapi_base` tells the card number alone, `snsapi_userinfo` the member's fields
 * flat at the top level, with the school's own identity id in `identity_type`.
 */
export const userInfo: Endpoint = {
  methods: ['POST'],
  handle(call) {
    const { settings, userTokens, campus, origin } = call.platform;
    const { application, cardNumber, scope } = userTokens.holderOf(accessToken(call));
    if (scope === 'snsapi_base') return success(settings, { ocode: OCODE, card_number: cardNumber }, 'OK');
    const member = campus.byCardNumber(cardNumber);
    if (member === undefined) throw new Refusal(WECARD_CODE.CARD_NUMBER_UNKNOWN);
    const told = tellMember(member, { application, settings, origin, identity: 'id' });
    return success(settings, { ocode: OCODE, ...told }, 'OK');
  },
};

import { WECARD_CODE } from '#contract/errors.ts';
import { OCODE } from '../applications.ts';
import { failure, json } from '../platform/answer.ts';
import type { Answer } from '../platform/answer.ts';
import { applicationByKey } from '../platform/platform.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Settings } from '../platform/settings.ts';
import { requireText } from './endpoint.ts';
import type { Call, Endpoint } from './endpoint.ts';

/** Application tokens: cloud.tencent.com/document/api/1523/87715. No errcode on success. */
export const token: Endpoint = {
  methods: ['POST'],
  handle(call) {
    const { settings } = call.platform;
    try {
      return issueToken(call);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return refuse(settings, error);
    }
  },
};

function issueToken({ platform, body }: Call): Answer {
  const { settings } = platform;
  const application = applicationByKey(requireText(body, 'app_key'));
  const secret = requireText(body, 'app_secret');
  if (application?.appSecret !== secret) throw new Refusal(WECARD_CODE.APP_KEY_OR_SECRET_INVALID);
  if (requireText(body, 'grant_type') !== 'client_credentials') {
    throw new Refusal(WECARD_CODE.PARAMETER_WRONG, 'grant_type');
  }
  if (requireText(body, 'scope') !== 'base') throw new Refusal(WECARD_CODE.PARAMETER_WRONG, 'scope');
  if (requireText(body, 'ocode') !== OCODE) throw new Refusal(WECARD_CODE.OCODE_UNKNOWN);
  if (!application.enabled && settings.notEnabledAt === 'token') throw new Refusal(WECARD_CODE.NOT_ENABLED);
  if (settings.newTokenKillsOld) platform.appTokens.revoke((holder) => holder === application);
  platform.stats.countToken();
  return json(settings, {
    token_type: 'bearer',
    access_token: platform.appTokens.issue(application, settings.tokenLifetimeSeconds),
    ocode: OCODE,
    expires_in: expiresIn(settings),
  });
}

export function expiresIn(settings: Readonly<Settings>): number | string {
  const { tokenLifetimeSeconds: seconds } = settings;
  return settings.expiresIn === 'string' ? String(seconds) : seconds;
}

const OAUTH_ERRORS: Readonly<Partial<Record<number, string>>> = {
  [WECARD_CODE.APP_KEY_OR_SECRET_INVALID]: 'invalid_client',
  [WECARD_CODE.WXCODE_INVALID]: 'invalid_grant',
  [WECARD_CODE.NOT_ENABLED]: 'unauthorized_client',
};

/** A refused token call, in the shape that the settings ask for. */
export function refuse(settings: Readonly<Settings>, refusal: Refusal): Answer {
  const answer =
    settings.tokenErrors === 'oauth'
      ? json(settings, {
          error: OAUTH_ERRORS[refusal.code] ?? 'invalid_request',
          error_description: refusal.message,
        })
      : failure(settings, refusal.code, refusal.message);
  return { ...answer, status: settings.tokenErrorStatus };
}

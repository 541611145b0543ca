import { OCODE } from '../applications.ts';
import { html, redirect } from '../platform/answer.ts';
import type { Answer } from '../platform/answer.ts';
import { applicationByKey } from '../platform/platform.ts';
import type { Platform, Scope } from '../platform/platform.ts';
import type { Application } from '../applications.ts';
import { errorPage, signInPage } from '../pages/sign-in.ts';
import type { Call, Endpoint } from './endpoint.ts';

interface Authorization {
  readonly application: Application;
  readonly scope: Scope;
  readonly redirectUri: URL;
  /** As it stands in the request: the exchange must repeat it to the letter. */
  readonly redirectUriText: string;
  readonly state: string | null;
}

/** Inside WeChat. The real one knows who holds the phone; this one asks, unless `signInAs` says. */
export const authorize: Endpoint = { methods: ['GET'], handle };

/** On a computer. The real one shows a QR code to scan with WeChat; this one asks as well. */
export const pcAuthorize: Endpoint = { methods: ['GET'], handle };

function handle({ platform, query }: Call): Answer {
  const authorization = readAuthorization(query, platform);
  if (typeof authorization === 'string') return html(errorPage(authorization), 400);
  const cardNumber = query.get('card_number') ?? platform.settings.signInAs;
  if (cardNumber === null) {
    return html(signInPage(platform, authorization.application, query));
  }
  if (platform.campus.byCardNumber(cardNumber) === undefined) {
    return html(errorPage(`没有卡号为 ${cardNumber} 的成员。`), 400);
  }
  return redirect(returnAddress(platform, authorization, cardNumber));
}

/** @returns what is wrong with the request, in words for its developer. */
function readAuthorization(query: URLSearchParams, { settings }: Platform): Authorization | string {
  const application = applicationByKey(query.get('app_key') ?? '');
  if (application === undefined) return '没有这个 app_key 的应用。';
  if (query.get('ocode') !== OCODE) return 'ocode 不存在。';
  if (!application.enabled && settings.notEnabledAt === 'calls') return '主体未启用该应用。';
  if (query.get('response_type') !== 'code') return 'response_type 必须是 code。';
  const scope = query.get('scope');
  if (scope !== 'snsapi_base' && scope !== 'snsapi_userinfo') {
    return 'scope 必须是 snsapi_base 或 snsapi_userinfo。';
  }
  const redirectUriText = query.get('redirect_uri') ?? '';
  const redirectUri = URL.canParse(redirectUriText) ? new URL(redirectUriText) : undefined;
  if (redirectUri === undefined || !['http:', 'https:'].includes(redirectUri.protocol)) {
    return 'redirect_uri 必须是完整的 http(s) 地址。';
  }
  return { application, scope, redirectUri, redirectUriText, state: query.get('state') };
}

function returnAddress(platform: Platform, authorization: Authorization, cardNumber: string): string {
  const { application, scope, redirectUri, redirectUriText, state } = authorization;
  const wxcode = platform.wxcodes.issue(
    { application, scope, cardNumber },
    redirectUriText,
    platform.settings.wxcodeLifetimeSeconds,
  );
  redirectUri.searchParams.set('wxcode', wxcode);
  if (state !== null) redirectUri.searchParams.set('state', state);
  return redirectUri.href;
}

import { WECARD_CODE } from '#contract/errors.ts';
import { isRecord } from '#contract/json.ts';
import { readCode } from '#contract/reply.ts';
import { Failure, failureOfCode } from '#server/failure.ts';
import type { WecardSettings } from '#server/wecard/client.ts';
import { codeOfOAuthError } from '#server/wecard/token-fetch.ts';
import type { Transport } from '#server/wecard/transport.ts';

const CALL_TIMEOUT_MS = 3_000;
const MAX_WXCODE_LENGTH = 512;
/** The reason of a failure where the viewer came back without a code: they declined. */
export const NOT_FINISHED = 'sign-in-declined';

export interface PlatformLoginParts {
  readonly settings: WecardSettings;
  readonly transport: Pick<Transport, 'post'>;
  /** Where the platform sends browsers back to: from the settings, never from a request. */
  readonly redirectUri: string;
}

/** Signing in at the platform (wiki.weixiao.qq.com, OAuth). */
export interface PlatformLogin {
  /** Where a browser is sent. Inside WeChat and WeCom it is silent; elsewhere the page shows a QR code. */
  authorizeUrl(userAgent: string | undefined, state: string): string;
  /**
   * Who the browser came back as.
   *
   * @param wxcode good once, for five minutes.
   * @throws Failure `signed-out` for a code that is not, `forbidden` for a member of another school.
   */
  cardNumberOf(wxcode: unknown): Promise<string>;
}

export function createPlatformLogin({ settings, transport, redirectUri }: PlatformLoginParts): PlatformLogin {
  const { appKey, appSecret, ocode, baseUrl } = settings;

  async function post(path: string, body: object): Promise<Record<string, unknown>> {
    const answer = await transport.post({ path, body, timeoutMs: CALL_TIMEOUT_MS });
    return readAnswer(answer.status, answer.body);
  }

  return {
    authorizeUrl(userAgent, state) {
      const inBrowser = hostApp(userAgent) === 'browser';
      const path = inBrowser ? 'connect/oauth/pc-authorize' : 'connect/oauth/authorize';
      const url = new URL(path, withSlash(baseUrl));
      url.search = new URLSearchParams({
        app_key: appKey,
        response_type: 'code',
        // The card number alone: all that it takes to look the viewer up.
        scope: 'snsapi_base',
        ocode,
        redirect_uri: redirectUri,
        state,
        ...(inBrowser ? { connect: 'curLogin' } : {}),
      }).toString();
      return url.href;
    },

    async cardNumberOf(wxcode) {
      if (typeof wxcode !== 'string' || wxcode === '' || wxcode.length > MAX_WXCODE_LENGTH) {
        throw new Failure('signed-out', { reason: NOT_FINISHED });
      }
      const token = await post('connect/oauth2/token', {
        wxcode,
        app_key: appKey,
        app_secret: appSecret,
        grant_type: 'authorization_code',
        redirect_uri: redirectUri,
      });
      if (!isText(token.access_token)) throw new Failure('upstream', { reason: 'sign-in: no token' });
      const user = await post('connect/oauth/get-user-info', { access_token: token.access_token });
      checkSchool([token.ocode, user.ocode], ocode);
      const cardNumber = readText(user.card_number);
      if (cardNumber === undefined) throw new Failure('upstream', { reason: 'sign-in: no card number' });
      return cardNumber;
    },
  };
}

/** Another school's members may use the same application, and their card numbers may be the same as ours. */
function checkSchool(told: readonly unknown[], ours: string): void {
  const ocodes = told.map(readText).filter((ocode) => ocode !== undefined);
  if (ocodes.length === 0) throw new Failure('upstream', { reason: 'sign-in: no ocode' });
  if (ocodes.some((ocode) => ocode !== ours)) {
    throw new Failure('forbidden', { reason: 'other-school' });
  }
}

function readAnswer(status: number, body: unknown): Record<string, unknown> {
  if (!isRecord(body)) throw new Failure('upstream', { reason: 'sign-in: not an object' });
  const code = readCode(body.errcode) ?? codeOfOAuthError(body.error);
  if (code !== undefined && code !== WECARD_CODE.OK) throw failureOfSignInCode(code);
  if (status >= 300) throw new Failure('upstream', { reason: `sign-in: HTTP ${status}` });
  return body;
}

/** The viewer's own token was fetched a moment ago: when it is refused, signing in again is the fix. */
function failureOfSignInCode(code: number): Failure {
  const isTokenRefused = code === WECARD_CODE.TOKEN_EXPIRED || code === WECARD_CODE.TOKEN_INVALID;
  if (isTokenRefused) return new Failure('signed-out', { reason: 'sign-in-stale', rule: `code ${code}` });
  return failureOfCode(code);
}

function readText(raw: unknown): string | undefined {
  if (typeof raw !== 'string' && typeof raw !== 'number') return undefined;
  return String(raw).trim() || undefined;
}

function isText(raw: unknown): raw is string {
  return typeof raw === 'string' && raw !== '';
}

function withSlash(base: URL): URL {
  return new URL(base.pathname.replace(/\/*$/, '/'), base);
}

/** What a page is opened in, as far as its User-Agent tells. */
type HostApp = 'wecom' | 'wechat' | 'browser';

/** WeCom's User-Agent holds WeChat's mark as well as its own: its own comes first. */
function hostApp(userAgent = ''): HostApp {
  if (/wxwork/i.test(userAgent)) return 'wecom';
  if (/MicroMessenger/i.test(userAgent)) return 'wechat';
  return 'browser';
}

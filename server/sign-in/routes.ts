import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Trail } from '#server/audit/trail.ts';
import type { AppConfig } from '#contract/app-config.ts';
import { Failure } from '#server/failure.ts';
import { isLoopback } from '#server/loopback.ts';
import { pageLocale } from '#server/pages/locale.ts';
import { sendPage } from '#server/pages/page.ts';
import { newSessionId } from '#server/viewers/sessions.ts';
import type { Sessions } from '#server/viewers/sessions.ts';
import type { ViewerKind } from '#server/viewers/viewer.ts';
import type { Attempts } from './attempts.ts';
import { failedPage } from './failed-page.ts';
import type { SignInProblem } from './failed-page.ts';
import type { PlatformLogin } from './platform-login.ts';
import { safeReturnPath } from './return-path.ts';

export interface SignInParts {
  readonly publicUrl: URL;
  readonly locale: AppConfig['locale'];
  /** Whom to ask for help; may be empty. */
  readonly contact: string;
  readonly login: PlatformLogin;
  readonly attempts: Attempts;
  readonly sessions: Sessions;
  /** What the platform says that the holder of a card is to the school. */
  readonly kindOf: (cardNumber: string) => Promise<ViewerKind>;
  readonly trail: Pick<Trail, 'record'>;
}

type Query = Readonly<Record<string, unknown>>;

/** Signing in at the platform: there (`/auth/login`) and back (`/auth/callback`). */
export function signInRoutes(app: FastifyInstance, parts: SignInParts): void {
  const { publicUrl, login, attempts, sessions, kindOf, trail } = parts;
  const basePath = publicUrl.pathname;
  const options = { config: { access: 'public' as const } };

  app.get<{ Querystring: Query }>('/auth/login', options, async (request, reply) => {
    const returnPath = safeReturnPath(request.query.return, basePath);
    if (isOtherLoopbackName(request.headers.host, publicUrl)) {
      return redirect(reply, loginUrl(publicUrl, returnPath));
    }
    if (await isKiosk(request, reply)) return sendProblem(request, reply, 403, 'kiosk', returnPath);
    const state = await attempts.begin(request, reply, returnPath);
    return redirect(reply, login.authorizeUrl(request.headers['user-agent'], state));
  });

  app.get<{ Querystring: Query }>('/auth/callback', options, async (request, reply) => {
    const attempt = await attempts.finish(request, reply, request.query.state);
    if (attempt === undefined) return sendProblem(request, reply, 400, 'stale', basePath);
    const { returnPath } = attempt;
    // Enrolled meanwhile, in another tab.
    if (await isKiosk(request, reply)) return sendProblem(request, reply, 403, 'kiosk', returnPath);
    try {
      const cardNumber = await login.cardNumberOf(request.query.wxcode);
      const kind = await kindOf(cardNumber);
      const id = newSessionId();
      await trail.record({
        event: 'sign-in',
        outcome: 'ok',
        viewer: cardNumber,
        kind,
        device: id,
        requestId: request.id,
      });
      await sessions.begin(request, reply, {
        origin: 'wecard',
        id,
        viewer: { id: cardNumber, kind, groups: [] },
      });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      request.log.warn({ err: error }, 'sign-in failed');
      await trail.record({ event: 'sign-in', outcome: error.kind, requestId: request.id });
      return sendProblem(request, reply, error.status, problemOf(error), returnPath);
    }
    return redirect(reply, returnPath);
  });

  async function isKiosk(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    return (await sessions.of(request, reply))?.origin === 'kiosk';
  }

  function sendProblem(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    problem: SignInProblem,
    returnPath: string,
  ): FastifyReply {
    const locale = pageLocale(parts.locale, request.headers['accept-language']);
    const page = failedPage({ locale, basePath, problem, returnPath, contact: parts.contact });
    return sendPage(reply, status, page);
  }
}

/**
 * Where somebody else signs people in: the address is the same, and reaching it is enough. A gateway
 * asks who it is on the way.
 */
export function gatewaySignInRoute(app: FastifyInstance, basePath: string): void {
  app.get<{ Querystring: Query }>('/auth/login', { config: { access: 'public' } }, (request, reply) =>
    redirect(reply, safeReturnPath(request.query.return, basePath)),
  );
}

function redirect(reply: FastifyReply, url: string): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(url, 303);
}

/** The platform sends browsers back to `PUBLIC_URL`, where a cookie of this machine's other name is not sent. */
function isOtherLoopbackName(host = '', publicUrl: URL): boolean {
  const hostname = host.replace(/:\d+$/, '');
  return isLoopback(publicUrl.hostname) && isLoopback(hostname) && hostname !== publicUrl.hostname;
}

function loginUrl(publicUrl: URL, returnPath: string): string {
  const url = new URL('auth/login', publicUrl);
  url.searchParams.set('return', returnPath);
  return url.href;
}

function problemOf({ kind, errcode, status }: Failure): SignInProblem {
  if (kind === 'signed-out') return 'stale';
  // Refused by us, not by the platform: a member of another school.
  return kind === 'forbidden' && errcode === status ? 'elsewhere' : 'unavailable';
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ViewerKind } from '#contract/session.ts';
import { Failure } from '#server/failure.ts';
import type { RelayFailureKind } from '#server/failure.ts';
import type { SignInAttempts } from '#server/limits/sign-in-attempts.ts';
import type { SignInProblem } from '#server/pages/sign-in-failed.ts';
import { requireWritable } from '#server/recorder.ts';
import type { Recorder } from '#server/recorder.ts';
import { networkOf } from '#server/viewers/request-context.ts';
import { newSessionId } from '#server/viewers/sessions.ts';
import type { Sessions } from '#server/viewers/sessions.ts';
import type { OAuthState } from './oauth-state.ts';
import { NOT_FINISHED } from './platform-login.ts';
import type { PlatformLogin } from './platform-login.ts';
import { createProblemPages } from './problem-pages.ts';
import type { ProblemPagesParts } from './problem-pages.ts';
import { isOtherLoopbackName, loginUrl, redirect, safeReturnPath } from './redirects.ts';

export interface SignInRoutesParts extends Omit<ProblemPagesParts, 'basePath'> {
  readonly publicUrl: URL;
  readonly login: PlatformLogin;
  readonly oauthState: OAuthState;
  readonly sessions: Sessions;
  /** What the platform says that the holder of a card is to the school. */
  readonly kindOf: (cardNumber: string) => Promise<ViewerKind>;
  readonly attempts: SignInAttempts;
  readonly recorder: Recorder;
}

type Query = Readonly<Record<string, unknown>>;

interface Person {
  readonly cardNumber: string;
  readonly kind: ViewerKind;
}

/** Signing in at the platform: there (`/auth/login`) and back (`/auth/callback`). */
export function signInRoutes(app: FastifyInstance, parts: SignInRoutesParts): void {
  const { publicUrl, login, oauthState, attempts, sessions, kindOf, recorder } = parts;
  const basePath = publicUrl.pathname;
  const pages = createProblemPages({ ...parts, basePath }, problemOf);
  const options = {
    config: { access: 'public', limit: 'sign-in' },
    errorHandler: pages.errorHandler,
  } as const;

  /** By state, those that the platform is asked about now: some webviews load a page twice at once. */
  const running = new Map<string, Promise<Person>>();

  function ask(state: string, { wxcode }: Query): Promise<Person> {
    const asked = whoIs(wxcode).finally(() => running.delete(state));
    running.set(state, asked);
    return asked;
  }

  async function whoIs(wxcode: unknown): Promise<Person> {
    const cardNumber = await login.cardNumberOf(wxcode);
    return { cardNumber, kind: await kindOf(cardNumber) };
  }

  app.get<{ Querystring: Query }>('/auth/login', options, async (request, reply) => {
    const returnPath = safeReturnPath(request.query.return, basePath);
    if (isOtherLoopbackName(request.host, publicUrl)) {
      return redirect(reply, loginUrl(publicUrl, returnPath));
    }
    if (await isKiosk(request, reply)) return pages.send(request, reply, 403, 'kiosk', returnPath);
    requireWritable(recorder);
    const state = await oauthState.begin(request, reply, returnPath);
    return redirect(reply, login.authorizeUrl(request.headers['user-agent'], state));
  });

  app.get<{ Querystring: Query }>('/auth/callback', options, async (request, reply) => {
    let returnPath = basePath;
    try {
      // Before the state and the code are used up.
      requireWritable(recorder);
      const attempt = await attempts.begin(networkOf(request.ip));
      // Enrolled meanwhile, in another tab.
      if (await isKiosk(request, reply)) {
        await attempt.release();
        await recordFailed(request, 'forbidden');
        return await pages.send(request, reply, 403, 'kiosk', returnPath);
      }
      const pending = await oauthState.finish(request, reply, request.query.state);
      returnPath = pending?.returnPath ?? basePath;
      const asked = pending?.isFirst ? ask(pending.state, request.query) : running.get(pending?.state ?? '');
      if (asked === undefined) {
        await attempt.release();
        // Loaded again, or come back to: the answer is used up, and did its work.
        if (await isSignedIn(request, reply)) return await redirect(reply, returnPath);
        await recordFailed(request, 'invalid');
        return await pages.send(request, reply, 400, 'stale', returnPath);
      }
      const { cardNumber, kind } = await asked;
      await attempt.release();
      const id = newSessionId();
      const who = { viewer: cardNumber, kind, device: id };
      await recorder.record({ event: 'sign-in', outcome: 'ok', ...who, requestId: request.id });
      const viewer = { id: cardNumber, kind, groups: [] };
      await sessions.begin(request, reply, { origin: 'wecard', id, viewer });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await recordFailed(request, error.kind);
      return pages.sendFailure(request, reply, error, returnPath);
    }
    return redirect(reply, returnPath);
  });

  function recordFailed({ id, ip }: FastifyRequest, outcome: RelayFailureKind): Promise<void> {
    return recorder.recordRefusal({ event: 'sign-in', outcome, requestId: id }, networkOf(ip));
  }

  async function isSignedIn(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    return (await sessions.of(request, reply))?.origin === 'wecard';
  }

  async function isKiosk(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    return (await sessions.of(request, reply))?.origin === 'kiosk';
  }
}

function problemOf({ kind, errcode, status, reason }: Failure): SignInProblem {
  if (reason === NOT_FINISHED) return 'declined';
  if (kind === 'signed-out') return 'stale';
  if (kind === 'limited' || kind === 'busy') return kind;
  // A code of the platform's own, and not the status that failures of ours have.
  if (errcode !== status) return 'refused';
  return kind === 'forbidden' ? 'elsewhere' : 'unavailable';
}

import type { FastifyInstance } from 'fastify';
import type { Failure } from '#server/failure.ts';
import type { SignInProblem } from '#server/pages/sign-in-failed.ts';
import { requireWritable } from '#server/recorder.ts';
import type { Recorder } from '#server/recorder.ts';
import type { Viewers } from '#server/viewers/identify.ts';
import { networkOf } from '#server/viewers/request-context.ts';
import { newSessionId } from '#server/viewers/sessions.ts';
import type { Sessions } from '#server/viewers/sessions.ts';
import { createProblemPages } from './problem-pages.ts';
import type { ProblemPagesParts } from './problem-pages.ts';
import { redirect, safeReturnPath } from './redirects.ts';

export interface GatewaySignInParts extends ProblemPagesParts {
  /** True: a session begins here, and the gateway stands before this address alone. */
  readonly beginsSession: boolean;
  readonly viewers: Pick<Viewers, 'named'>;
  readonly sessions: Pick<Sessions, 'of' | 'begin'>;
  readonly recorder: Recorder;
}

/** Signing in at a gateway: it asks who it is on the way to `/auth/login`, and names them in its headers. */
export function gatewaySignInRoute(app: FastifyInstance, parts: GatewaySignInParts): void {
  const { basePath, beginsSession, viewers, sessions, recorder } = parts;
  const pages = createProblemPages(parts, problemOf);

  app.get<{ Querystring: Readonly<Record<string, unknown>> }>(
    '/auth/login',
    { config: { access: 'public', limit: 'sign-in' }, errorHandler: pages.errorHandler },
    async (request, reply) => {
      const returnPath = safeReturnPath(request.query.return, basePath);
      if ((await sessions.of(request, reply))?.origin === 'kiosk') {
        return pages.send(request, reply, 403, 'kiosk', returnPath);
      }
      const viewer = viewers.named(request);
      if (viewer === undefined) {
        // Back at the app, nobody would be signed in, and it would lead here again.
        const failed = { event: 'sign-in', outcome: 'signed-out', requestId: request.id } as const;
        await recorder.recordRefusal(failed, networkOf(request.ip));
        return pages.send(request, reply, 401, 'unnamed', returnPath);
      }
      if (beginsSession) {
        requireWritable(recorder);
        const id = newSessionId();
        const who = { viewer: viewer.id, kind: viewer.kind, device: id };
        await recorder.record({ event: 'sign-in', outcome: 'ok', ...who, requestId: request.id });
        await sessions.begin(request, reply, { origin: 'gateway', id, viewer });
      }
      return redirect(reply, returnPath);
    },
  );
}

function problemOf({ kind }: Failure): SignInProblem {
  if (kind === 'limited' || kind === 'busy') return kind;
  return 'unnamed';
}

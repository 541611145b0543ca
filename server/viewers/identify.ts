import type { FastifyReply, FastifyRequest } from 'fastify';
import { keepsSessions } from '#server/config/sign-in.ts';
import type { SignIn } from '#server/config/sign-in.ts';
import { Failure } from '#server/failure.ts';
import type { Standing } from '#server/policy/groups.ts';
import type { Recorder } from '#server/recorder.ts';
import { gatewayUser, trustedPeers } from './gateway-headers.ts';
import { networkOf } from './request-context.ts';
import type { Visitor } from './request-context.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';
import type { Viewer } from './viewer.ts';

/** Tells who is behind a request; undefined when nobody is signed in. */
export interface Viewers {
  identify(request: FastifyRequest, reply: FastifyReply): Promise<Visitor | undefined>;
  /**
   * Whom the request itself names, sessions aside.
   *
   * @throws Failure, recorded, for headers that only a gateway may send.
   */
  named(request: FastifyRequest): Viewer | undefined;
}

export interface ViewersParts {
  readonly signIn: SignIn;
  readonly trustedProxies: readonly string[];
  /** What the policy makes of a gateway's groups. */
  readonly standingOf: (groups: readonly string[]) => Standing;
  readonly sessions: Pick<Sessions, 'of' | 'end'>;
  readonly recorder: Pick<Recorder, 'recordRefusal'>;
}

/** Without a sign-in there is one viewer: whoever sits at this machine, or tries the demonstration. */
const SOMEBODY: Viewer = { id: 'somebody', kind: 'staff', groups: [], anonymous: true };

export function createViewers(parts: ViewersParts): Viewers {
  const { signIn, sessions, recorder } = parts;
  const viewerOf = viewerWithoutSession(parts);

  function named(request: FastifyRequest): Viewer | undefined {
    try {
      return viewerOf(request);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const refusal = { event: 'refusal', outcome: error.kind, requestId: request.id } as const;
      void recorder.recordRefusal(refusal, networkOf(request.ip));
      throw error;
    }
  }

  return {
    named,

    async identify(request, reply) {
      // Asked first: forged headers are refused whoever else the request says it is.
      const viewer = named(request);
      const session = await sessions.of(request, reply);
      if (session !== undefined && counts(session, signIn)) {
        // A kiosk stays one, whoever the gateway says is at it.
        const isSomebodyElse =
          session.origin === 'gateway' && viewer !== undefined && viewer.id !== session.viewer.id;
        if (!isSomebodyElse) return { viewer: session.viewer, session };
        request.log.warn({ event: 'gateway-names-another' }, 'session ended');
        await sessions.end(request, reply);
        return undefined;
      }
      if (viewer === undefined || keepsSessions(signIn)) return undefined;
      return { viewer, session: undefined };
    },
  };
}

/** Sessions of another way to sign in may still be in browsers after the setting was changed. */
function counts({ origin }: Session, signIn: SignIn): boolean {
  switch (origin) {
    case 'kiosk':
      return true;
    case 'wecard':
      return signIn.mode === 'wecard';
    case 'gateway':
      return signIn.mode === 'header' && keepsSessions(signIn);
    case 'demo':
      return signIn.mode === 'none';
  }
}

function viewerWithoutSession({
  signIn,
  trustedProxies,
  standingOf,
}: ViewersParts): (request: FastifyRequest) => Viewer | undefined {
  switch (signIn.mode) {
    case 'wecard':
      return () => undefined;
    case 'header': {
      const isTrusted = trustedPeers(trustedProxies);
      return ({ raw }) => {
        const { rawHeaders, socket } = raw;
        const user = gatewayUser({ rawHeaders, peerAddress: socket.remoteAddress }, signIn, isTrusted);
        return user && { ...user, ...standingOf(user.groups) };
      };
    }
    case 'none':
      return () => SOMEBODY;
  }
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SignIn } from '#server/config/sign-in.ts';
import { Failure } from '#server/failure.ts';
import { gatewayViewer } from './gateway-headers.ts';
import type { Refusals } from './refusals.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';
import { trustedPeers } from './trusted-peers.ts';
import type { Viewer } from './viewer.ts';

/** Who is behind a request, and the session that says so; a gateway's word needs none. */
export interface Visitor {
  readonly viewer: Viewer;
  readonly session: Session | undefined;
}

/**
 * What the trail tells devices apart by: a kiosk's id, else the session's, which lasts from sign-in to
 * sign-out in one browser. A gateway's word alone tells no device.
 */
export function deviceOf(visitor: Visitor | null): string | undefined {
  const session = visitor?.session;
  return session?.origin === 'kiosk' ? session.viewer.id : session?.id;
}

/** Tells who is behind a request; undefined when nobody is signed in. */
export interface Viewers {
  identify(request: FastifyRequest, reply: FastifyReply): Promise<Visitor | undefined>;
}

export interface ViewersParts {
  readonly signIn: SignIn;
  readonly trustedProxies: readonly string[];
  readonly sessions: Pick<Sessions, 'of'>;
  readonly refusals: Pick<Refusals, 'note'>;
}

/** Without a sign-in there is one viewer: whoever sits at this machine, or tries the demonstration. */
const SOMEBODY: Viewer = { id: 'somebody', kind: 'staff', groups: [], anonymous: true };

export function createViewers({ signIn, trustedProxies, sessions, refusals }: ViewersParts): Viewers {
  const withoutSession = viewerWithoutSession(signIn, trustedProxies);

  function named(request: FastifyRequest): Viewer | undefined {
    try {
      return withoutSession(request);
    } catch (error) {
      const { ip: address, id: requestId } = request;
      if (error instanceof Failure) refusals.note({ outcome: error.kind, address, requestId });
      throw error;
    }
  }

  return {
    async identify(request, reply) {
      // Asked first: forged headers are refused whoever else the request says it is.
      const viewer = named(request);
      const session = await sessions.of(request, reply);
      // A session comes before a gateway's word: a kiosk stays one, whoever the gateway says is at it.
      if (session !== undefined && counts(session, signIn)) return { viewer: session.viewer, session };
      return viewer === undefined ? undefined : { viewer, session: undefined };
    },
  };
}

/** Sessions of another way to sign in may still be in browsers after the setting was changed. */
function counts({ origin }: Session, { mode }: SignIn): boolean {
  if (origin === 'kiosk') return true;
  return origin === 'wecard' ? mode === 'wecard' : mode === 'none';
}

function viewerWithoutSession(
  signIn: SignIn,
  trustedProxies: readonly string[],
): (request: FastifyRequest) => Viewer | undefined {
  switch (signIn.mode) {
    case 'wecard':
      return () => undefined;
    case 'header': {
      const isTrusted = trustedPeers(trustedProxies);
      return ({ raw }) => {
        const { rawHeaders, socket } = raw;
        return gatewayViewer({ rawHeaders, peerAddress: socket.remoteAddress }, signIn, isTrusted);
      };
    }
    case 'none':
      return () => SOMEBODY;
  }
}

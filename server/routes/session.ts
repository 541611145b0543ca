import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { SEARCH_KINDS, VIEWER_KINDS } from '#contract/session.ts';
import type { SearchKind, SessionAnswer } from '#contract/session.ts';
import type { Clock } from '#server/clock.ts';
import type { SignIn } from '#server/config/sign-in.ts';
import type { Access } from '#server/http/access.ts';
import { FAILURE_ANSWERS } from '#server/http/schemas.ts';
import type { Recorder } from '#server/recorder.ts';
import type { Viewers } from '#server/viewers/identify.ts';
import { deviceOf } from '#server/viewers/request-context.ts';
import type { Visitor } from '#server/viewers/request-context.ts';
import { expiryOf } from '#server/viewers/session.ts';
import type { Sessions } from '#server/viewers/sessions.ts';
import type { Viewer } from '#server/viewers/viewer.ts';

export interface SessionRoutesParts {
  readonly signIn: SignIn;
  /** True: everybody is invented, and a visitor may try each kind of viewer. */
  readonly demo: boolean;
  readonly viewers: Viewers;
  readonly sessions: Sessions;
  readonly searchesOf: (viewer: Viewer) => Iterable<SearchKind>;
  readonly recorder: Pick<Recorder, 'record'>;
  readonly clock: Clock;
}

const KindSchema = Type.Enum([...VIEWER_KINDS]);
const OkSchema = Type.Object({ errcode: Type.Literal(0), errmsg: Type.String() });

const ViewerSchema = Type.Object({
  kind: KindSchema,
  searches: Type.Array(Type.Enum([...SEARCH_KINDS])),
  name: Type.Optional(Type.String()),
});

const SessionSchema = Type.Object({
  ...OkSchema.properties,
  viewer: Type.Union([ViewerSchema, Type.Null()]),
  signInUrl: Type.String(),
  canSignOut: Type.Boolean(),
  signOutUrl: Type.String(),
  expiresIn: Type.Union([Type.Integer(), Type.Null()]),
  demoKinds: Type.Array(KindSchema),
});

const DemoViewerSchema = Type.Object({ kind: KindSchema }, { additionalProperties: false });

/** Not a kiosk: whoever stands before it must not be able to put it out of service. */
const PEOPLE: Access = VIEWER_KINDS.filter((kind) => kind !== 'kiosk');

const OK = { errcode: 0, errmsg: 'ok' } as const;

/** A session that somebody signed in for: its end is one for the audit log. */
function isSignedIn(visitor: Visitor | null | undefined): boolean {
  const origin = visitor?.session?.origin;
  return origin === 'wecard' || origin === 'gateway';
}

/** Who is looking, the way out, and the demonstration's switch. */
export function sessionRoutes(app: FastifyInstance, parts: SessionRoutesParts): void {
  const { signIn, demo, viewers, sessions, searchesOf, recorder, clock } = parts;
  const signOutUrl = signIn.mode === 'header' ? signIn.signOutUrl : '';
  const typed = app.withTypeProvider<TypeBoxTypeProvider>();

  function answerFor(visitor: Visitor | undefined): SessionAnswer {
    const session = visitor?.session;
    const ends = session !== undefined && session.origin !== 'kiosk';
    return {
      ...OK,
      viewer: visitor === undefined ? null : describe(visitor.viewer),
      signInUrl: signIn.mode === 'none' ? '' : 'auth/login',
      canSignOut: canSignOut(visitor),
      signOutUrl,
      expiresIn: ends ? Math.max(0, expiryOf(session) - clock()) : null,
      demoKinds: demo ? [...VIEWER_KINDS] : [],
    };
  }

  function describe(viewer: Viewer): SessionAnswer['viewer'] {
    const { kind, name } = viewer;
    return { kind, searches: [...searchesOf(viewer)], ...(name === undefined ? {} : { name }) };
  }

  /** A gateway that does not end its own session as well would sign the next person in as this one. */
  function canSignOut(visitor: Visitor | undefined): boolean {
    if (signIn.mode !== 'header') return isSignedIn(visitor);
    return visitor !== undefined && visitor.viewer.kind !== 'kiosk' && signOutUrl !== '';
  }

  typed.get(
    '/api/session',
    { config: { access: 'public' }, schema: { response: { 200: SessionSchema, ...FAILURE_ANSWERS } } },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store');
      return answerFor(await viewers.identify(request, reply));
    },
  );

  typed.post(
    '/auth/logout',
    {
      config: { access: PEOPLE },
      schema: { response: { 200: OkSchema, ...FAILURE_ANSWERS } },
    },
    async (request, reply) => {
      const { id, kind } = request.viewer;
      const who = { viewer: id, kind, device: deviceOf(request.visitor) };
      // Where nobody signed in here nothing ends, and asking again and again writes nothing.
      if (isSignedIn(request.visitor)) {
        await recorder.record({ event: 'sign-out', outcome: 'ok', ...who, requestId: request.id });
      }
      await sessions.end(request, reply);
      return OK;
    },
  );

  if (!demo) return;
  typed.post(
    '/api/demo/viewer',
    {
      config: { access: 'viewer' },
      schema: { body: DemoViewerSchema, response: { 200: SessionSchema, ...FAILURE_ANSWERS } },
    },
    async (request, reply) => {
      const { kind } = request.body;
      const viewer: Viewer = { id: `demo-${kind}`, kind, groups: [], anonymous: true };
      const session = await sessions.begin(request, reply, { origin: 'demo', viewer });
      return answerFor({ viewer, session });
    },
  );
}

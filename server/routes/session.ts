import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { SEARCH_KINDS, VIEWER_KINDS } from '#contract/session.ts';
import type { SearchKind, SessionAnswer } from '#contract/session.ts';
import type { Trail } from '#server/audit/trail.ts';
import type { Clock } from '#server/clock.ts';
import type { SignIn } from '#server/config/sign-in.ts';
import type { Access } from '#server/http/access.ts';
import { FAILURE_ANSWERS } from '#server/http/schemas.ts';
import { deviceOf } from '#server/viewers/identify.ts';
import type { Viewers, Visitor } from '#server/viewers/identify.ts';
import { expiryOf } from '#server/viewers/session.ts';
import type { Sessions } from '#server/viewers/sessions.ts';
import type { Viewer } from '#server/viewers/viewer.ts';

export interface SessionRoutesParts {
  readonly mode: SignIn['mode'];
  /** True: everybody is invented, and a visitor may try each kind of viewer. */
  readonly demo: boolean;
  readonly viewers: Viewers;
  readonly sessions: Sessions;
  readonly searchesOf: (viewer: Viewer) => Iterable<SearchKind>;
  readonly trail: Pick<Trail, 'record'>;
  readonly clock: Clock;
}

const KindSchema = Type.Enum([...VIEWER_KINDS]);
const OkSchema = Type.Object({ errcode: Type.Literal(0), errmsg: Type.String() });

const ViewerSchema = Type.Object({ kind: KindSchema, searches: Type.Array(Type.Enum([...SEARCH_KINDS])) });

const SessionSchema = Type.Object({
  ...OkSchema.properties,
  viewer: Type.Union([ViewerSchema, Type.Null()]),
  signInUrl: Type.String(),
  canSignOut: Type.Boolean(),
  expiresIn: Type.Union([Type.Integer(), Type.Null()]),
  demoKinds: Type.Array(KindSchema),
});

const DemoViewerSchema = Type.Object({ kind: KindSchema }, { additionalProperties: false });

/** Not a kiosk: whoever stands before it must not be able to put it out of service. */
const PEOPLE: Access = VIEWER_KINDS.filter((kind) => kind !== 'kiosk');

const OK = { errcode: 0, errmsg: 'ok' } as const;

/** Who is looking, the way out, and the demonstration's switch. */
export function sessionRoutes(app: FastifyInstance, parts: SessionRoutesParts): void {
  const { mode, demo, viewers, sessions, searchesOf, trail, clock } = parts;
  const typed = app.withTypeProvider<TypeBoxTypeProvider>();

  function answerFor(visitor: Visitor | undefined): SessionAnswer {
    const session = visitor?.session;
    const ends = session !== undefined && session.origin !== 'kiosk';
    return {
      ...OK,
      viewer: visitor === undefined ? null : describe(visitor.viewer),
      signInUrl: mode === 'none' ? '' : 'auth/login',
      canSignOut: session?.origin === 'wecard',
      expiresIn: ends ? Math.max(0, expiryOf(session) - clock()) : null,
      demoKinds: demo ? [...VIEWER_KINDS] : [],
    };
  }

  function describe(viewer: Viewer): SessionAnswer['viewer'] {
    return { kind: viewer.kind, searches: [...searchesOf(viewer)] };
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
      const device = deviceOf(request.visitor);
      await sessions.end(request, reply);
      await trail.record({
        event: 'sign-out',
        outcome: 'ok',
        viewer: id,
        kind,
        device,
        requestId: request.id,
      });
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

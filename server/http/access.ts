import type { FastifyInstance, FastifySchema } from 'fastify';
import type { ViewerKind } from '#contract/session.ts';
import { Failure } from '#server/failure.ts';
import type { Recorder } from '#server/recorder.ts';
import type { Viewers } from '#server/viewers/identify.ts';
import { deviceOf, networkOf } from '#server/viewers/request-context.ts';
import type { Visitor } from '#server/viewers/request-context.ts';
import type { Viewer } from '#server/viewers/viewer.ts';

/** Who may call a route: everybody, somebody whom we know, or viewers of these kinds. */
export type Access = 'public' | 'viewer' | readonly ViewerKind[];

export interface DeclaredRoute {
  readonly methods: readonly string[];
  readonly url: string;
  readonly access: Access;
  /** What it reads and answers, where it says so. */
  readonly schema: FastifySchema | undefined;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyInstance {
    /** Every route with who may call it. */
    declaredRoutes: DeclaredRoute[];
  }
  interface FastifyRequest {
    /** Who is looking; set on every route whose access is not `public`. */
    viewer: Viewer;
    /** The same, with the session that says so; null where nobody was asked for. */
    visitor: Visitor | null;
  }
}

/**
 * Every route says who may call it: one that does not never starts, rather than being open by oversight.
 *
 * @param userHeader where a gateway names the viewer.
 */
export function requireAccess(
  app: FastifyInstance,
  viewers: Pick<Viewers, 'identify'>,
  recorder: Pick<Recorder, 'recordRefusal'>,
  userHeader?: string,
): void {
  app.decorateRequest('viewer', null as unknown as Viewer);
  app.decorateRequest('visitor', null);
  app.decorate('declaredRoutes', []);
  app.addHook('onRoute', ({ method, url, config, schema }) => {
    const access = config?.access;
    if (access === undefined) {
      throw new Error(`Route ${String(method)} ${url} does not declare who may call it.`);
    }
    app.declaredRoutes.push({ methods: [method].flat(), url, access, schema });
  });
  app.addHook('onRequest', async (request, reply) => {
    const access = request.routeOptions.config.access;
    // A request that matches no route is answered with 404.
    if (access === 'public' || request.is404) return;
    const visitor = await viewers.identify(request, reply);
    const refused = { event: 'refusal', requestId: request.id } as const;
    const address = networkOf(request.ip);
    if (visitor === undefined) {
      await recorder.recordRefusal({ ...refused, outcome: 'signed-out' }, address);
      throw new Failure('signed-out', { reason: 'not-signed-in', header: userHeader });
    }
    const { viewer } = visitor;
    if (access !== 'viewer' && !access?.includes(viewer.kind)) {
      const who = { viewer: viewer.id, kind: viewer.kind, device: deviceOf(visitor) };
      await recorder.recordRefusal({ ...refused, ...who, outcome: 'forbidden' }, address);
      throw new Failure('forbidden', { reason: 'wrong-kind-of-viewer', rule: viewer.kind });
    }
    request.viewer = viewer;
    request.visitor = visitor;
  });
}

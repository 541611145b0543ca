import type { FastifyInstance } from 'fastify';
import { Failure } from '#server/failure.ts';
import { deviceOf } from '#server/viewers/identify.ts';
import type { Viewers, Visitor } from '#server/viewers/identify.ts';
import type { Refusals } from '#server/viewers/refusals.ts';
import type { Viewer, ViewerKind } from '#server/viewers/viewer.ts';

/** Who may call a route: everybody, somebody whom we know, or viewers of these kinds. */
export type Access = 'public' | 'viewer' | readonly ViewerKind[];

export interface DeclaredRoute {
  readonly methods: readonly string[];
  readonly url: string;
  readonly access: Access;
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

/** Every route says who may call it: one that does not never starts, rather than being open by oversight. */
export function requireAccess(
  app: FastifyInstance,
  viewers: Viewers,
  refusals: Pick<Refusals, 'note'>,
): void {
  app.decorateRequest('viewer', null as unknown as Viewer);
  app.decorateRequest('visitor', null);
  app.decorate('declaredRoutes', []);
  app.addHook('onRoute', ({ method, url, config }) => {
    const access = config?.access;
    if (access === undefined) {
      throw new Error(`Route ${String(method)} ${url} does not declare who may call it.`);
    }
    app.declaredRoutes.push({ methods: [method].flat(), url, access });
  });
  app.addHook('onRequest', async (request, reply) => {
    const access = request.routeOptions.config.access;
    // A request that matches no route is answered with 404.
    if (access === 'public' || request.is404) return;
    const visitor = await viewers.identify(request, reply);
    const { ip: address, id: requestId } = request;
    if (visitor === undefined) {
      refusals.note({ outcome: 'signed-out', address, requestId });
      throw new Failure('signed-out');
    }
    const { viewer } = visitor;
    if (access !== 'viewer' && !access?.includes(viewer.kind)) {
      refusals.note({ outcome: 'forbidden', address, requestId, viewer, device: deviceOf(visitor) });
      throw new Failure('forbidden');
    }
    request.viewer = viewer;
    request.visitor = visitor;
  });
}

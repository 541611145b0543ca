import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Failure } from '#server/failure.ts';
import type { Viewer } from '#server/viewers/viewer.ts';

/** Who may call a route: everybody, or somebody whom we know. */
export type Access = 'public' | 'viewer';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    /** Who is looking; set on every route whose access is not `public`. */
    viewer: Viewer;
  }
}

/** Tells who is behind a request; undefined when nobody is signed in. */
export interface Viewers {
  identify(request: FastifyRequest): Promise<Viewer | undefined>;
}

/** Every route says who may call it: one that does not never starts, rather than being open by oversight. */
export function requireAccess(app: FastifyInstance, viewers: Viewers): void {
  app.decorateRequest('viewer', null as unknown as Viewer);
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined) {
      throw new Error(`Route ${String(route.method)} ${route.url} does not declare who may call it.`);
    }
  });
  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    // A request that matches no route is answered with 404.
    if (access === 'public' || request.is404) return;
    const viewer = await viewers.identify(request);
    if (viewer === undefined) throw new Failure('signed-out');
    request.viewer = viewer;
  });
}

import type { FastifyInstance } from 'fastify';
import { FAILURE_ANSWERS } from '#server/http/schemas.ts';
import type { Photo } from '#server/photos/fetcher.ts';
import { LOGO_PATH } from '#server/school.ts';

/** `GET /api/school/logo`: for everybody: it stands beside the sign-in button too. */
export function schoolLogoRoute(app: FastifyInstance, logo: () => Photo | undefined): void {
  app.get(
    `/${LOGO_PATH}`,
    { config: { access: 'public' }, schema: { response: FAILURE_ANSWERS } },
    (_request, reply) => {
      const photo = logo();
      if (photo === undefined) {
        reply.callNotFound();
        return reply;
      }
      return reply.header('cache-control', 'public, max-age=3600').type(photo.type).send(photo.bytes);
    },
  );
}

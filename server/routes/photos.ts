import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Failure } from '#server/failure.ts';
import { FAILURE_ANSWERS, RenewPhotosAnswerSchema, RenewPhotosRequestSchema } from '#server/http/schemas.ts';
import type { Photo, PhotoFetcher } from '#server/photos/fetcher.ts';
import type { PhotoLinks } from '#server/photos/links.ts';
import { LOGO_PATH } from '#server/school.ts';
import type { Viewer } from '#server/viewers/viewer.ts';

/*
 * Security model.
 *
 * - No open proxy: an address comes only from a link that this relay sealed when it showed a member to this very
 *   viewer, who may then see the photo. Links end after 10 to 20 minutes, and hold no readable personal data; the same
 *   viewer has them made anew for a day, while policy still shows them photos.
 * - No way into the network: the address is read again when it is asked for, and must lie on the upstream's own host
 *   or one of `PHOTO_HOSTS`; the host's addresses are checked at the moment of connecting; redirects are followed
 *   on the same host alone.
 * - Nothing but pictures: what leaves is at most 2 MiB of JPEG, PNG, WebP or GIF by its bytes, under a type of our
 *   own, with `nosniff` and a policy under which nothing runs when it is opened as a page.
 * - Nothing of the viewer reaches the photo's host: no cookie, no address, no Referer.
 * - Nothing stays on the device: no browser keeps a photo on disk, because whoever uses it next may be somebody else.
 *   A page that is still open goes on showing what it has without asking again.
 * - Not covered: a file that is a picture and something else too; flaws in the browser's decoders; the host learns
 *   when a photo is looked at.
 */

export interface PhotoRouteParts {
  links: PhotoLinks;
  fetcher: PhotoFetcher;
  /** Whether this viewer may see photos, now. */
  maySee: (viewer: Viewer) => boolean;
}

/** 200 links of the usual length, and more. */
const MAX_RENEWAL_BYTES = 64 * 1024;

/** `GET /api/photos/…`: one member's photo. A failure makes the app fall back to initials. */
export function photoRoute(app: FastifyInstance, { links, fetcher }: PhotoRouteParts): void {
  // A wildcard: the router bounds a named parameter at 100 characters.
  app.get<{ Params: { '*': string } }>(
    '/api/photos/*',
    { config: { access: 'viewer' }, schema: { response: FAILURE_ANSWERS } },
    async ({ params, viewer }, reply) => {
      void reply.header('cache-control', 'no-store');
      const source = links.follow(params['*'], viewer);
      const photo = source && (await fetcher.fetch(source));
      if (photo === undefined) {
        reply.callNotFound();
        return reply;
      }
      return reply
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cross-origin-resource-policy', 'same-origin')
        .header('x-content-type-options', 'nosniff')
        .type(photo.type)
        .send(photo.bytes);
    },
  );
}

/**
 * `POST /api/photos/renew`: the links of a list that is still open. Nobody is looked up for it: a link holds the
 * address of the photo, sealed for the viewer who was told of it.
 */
export function renewPhotosRoute(app: FastifyInstance, { links, maySee }: PhotoRouteParts): void {
  app.withTypeProvider<TypeBoxTypeProvider>().post(
    '/api/photos/renew',
    {
      config: { access: 'viewer' },
      bodyLimit: MAX_RENEWAL_BYTES,
      schema: {
        body: RenewPhotosRequestSchema,
        response: { 200: RenewPhotosAnswerSchema, ...FAILURE_ANSWERS },
      },
    },
    ({ body, viewer }) => {
      if (!maySee(viewer)) throw new Failure('forbidden', { reason: 'photos-not-allowed' });
      const renewed = body.links.map((link) => links.renew(link, viewer) ?? '');
      return { errcode: 0 as const, errmsg: 'ok', links: renewed };
    },
  );
}

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

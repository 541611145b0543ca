import type { FastifyInstance } from 'fastify';
import { FAILURE_ANSWERS } from '#server/http/schemas.ts';
import type { PhotoFetcher } from '#server/photos/fetcher.ts';
import type { PhotoLinks } from '#server/photos/links.ts';

/*
 * Security model.
 *
 * - No open proxy: an address comes only from a link that this relay sealed when it showed a member to this very
 *   viewer, who may then see the photo. Links end after 10 to 20 minutes, and hold no readable personal data.
 * - No way into the network: the address is read again when it is asked for, and must lie on the upstream's own host
 *   or one of `PHOTO_HOSTS`; the host's addresses are checked at the moment of connecting; redirects are not followed.
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
}

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

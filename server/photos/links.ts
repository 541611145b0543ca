import type { LinkTokens } from '#server/crypto/link-tokens.ts';
import { viewerKey } from '#server/viewers/viewer.ts';
import type { Viewer } from '#server/viewers/viewer.ts';
import type { PhotoSource, SourceReader } from './source.ts';

/** Where photos are asked for, relative to the app's base, so that the app works under a sub-path. */
const PHOTO_PATH = 'api/photos/';

export interface PhotoLinks {
  /**
   * The link that stands in a reply in place of a member's `head_image`.
   *
   * @returns undefined when there is no photo, or none that the relay may fetch: the app then shows initials.
   */
  link(headImage: string, viewer: Viewer): string | undefined;
  /** @returns undefined when the link is not this viewer's, is over, or its host is no longer allowed. */
  follow(token: string, viewer: Viewer): PhotoSource | undefined;
  /** A link of this viewer's anew, within a day from when the member was shown; undefined for what was none. */
  renew(link: string, viewer: Viewer): string | undefined;
}

export function createPhotoLinks(tokens: LinkTokens, readSource: SourceReader): PhotoLinks {
  function follow(token: string, viewer: Viewer): PhotoSource | undefined {
    const headImage = tokens.decrypt(token, viewerKey(viewer));
    return headImage === undefined ? undefined : readSource(headImage);
  }

  return {
    link: (headImage, viewer) =>
      readSource(headImage) && PHOTO_PATH + tokens.encrypt(headImage, viewerKey(viewer)),
    follow,
    renew(old, viewer) {
      if (!old.startsWith(PHOTO_PATH)) return undefined;
      const token = tokens.renew(old.slice(PHOTO_PATH.length), viewerKey(viewer));
      return token !== undefined && follow(token, viewer) ? PHOTO_PATH + token : undefined;
    },
  };
}

import type { Viewer } from '#server/viewers/viewer.ts';
import type { PhotoSeal } from './seal.ts';
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
  follow(sealed: string, viewer: Viewer): PhotoSource | undefined;
}

export function createPhotoLinks(seal: PhotoSeal, readSource: SourceReader): PhotoLinks {
  return {
    link(headImage, viewer) {
      return readSource(headImage) && PHOTO_PATH + seal.seal(headImage, viewer);
    },

    follow(sealed, viewer) {
      const opened = seal.open(sealed, viewer);
      return opened === undefined ? undefined : readSource(opened);
    },
  };
}

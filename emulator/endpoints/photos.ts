import { BROKEN_PHOTO, PHOTO_PATH } from '../campus/photos.ts';
import { html } from '../platform/answer.ts';
import { readPictures } from '../photos/pictures.ts';
import type { Pictures } from '../photos/pictures.ts';
import type { Endpoint } from './endpoint.ts';

/** Read when first asked for: most tests never ask. */
let pictures: Pictures | undefined;

/** Drawn photos of members, and the school's badge. Nobody needs a token for them. */
export const photos: Endpoint = {
  methods: ['GET', 'HEAD'],
  handle({ path }) {
    pictures ??= readPictures();
    const file = path.slice(PHOTO_PATH.length);
    const bytes = file === BROKEN_PHOTO ? Buffer.from('this is no picture') : pictures.get(file);
    if (bytes === undefined) return html('<h1>404 Not Found</h1>', 404);
    const headers = { 'content-type': 'image/webp', 'cache-control': 'public, max-age=3600' };
    return { status: 200, headers, body: bytes };
  },
};

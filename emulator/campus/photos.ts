import type { Sex } from './names.ts';

/** The path under which photos are served; the campus only ever names them. */
export const PHOTO_PATH = '/photos/';

/** How many drawn faces of each sex there are: `w01`…, `m01`…. */
export const FACES_PER_SEX = 20;

/** The school's badge, and the badge with its name beside it. */
export const BADGE = 'badge.webp';
export const LOGO = 'logo.webp';

/** Stand for the emulator's own address, filled in when a member is told. */
const ORIGIN_MARK = '{origin}';
const HOST_MARK = '{host}';

/** The forms in which the platform is known to write a photo's address. */
export type PhotoForm = 'absolute' | 'protocol-relative' | 'path';

/** The name of a drawn face; any number finds one. */
export function faceName(sex: Sex, number: number): string {
  const place = (number % FACES_PER_SEX) + 1;
  return `${sex === 'female' ? 'w' : 'm'}${String(place).padStart(2, '0')}.webp`;
}

/** A file that is served as a picture and is none. */
export const BROKEN_PHOTO = 'broken.webp';

/** A file that is not there. */
export const MISSING_PHOTO = 'missing.webp';

/** `head_image` as the platform would write it, with marks for the address. */
export function photoAddress(file: string, form: PhotoForm = 'absolute'): string {
  if (form === 'path') return PHOTO_PATH + file;
  return (form === 'absolute' ? ORIGIN_MARK : `//${HOST_MARK}`) + PHOTO_PATH + file;
}

/** Fills in the marks. @param origin such as `http://127.0.0.1:3100`. */
export function resolvePhoto(address: string, origin: string): string {
  return address.replace(ORIGIN_MARK, origin).replace(HOST_MARK, origin.replace(/^https?:\/\//, ''));
}

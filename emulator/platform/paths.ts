import { PHOTO_PATH } from '../campus/photos.ts';

/** Every call of the platform that the emulator plays, by the name that faults and counters use. */
export const PATH = {
  token: '/cgi-bin/oauth2/token',
  search: '/cgi-bin/user/search',
  identityTypes: '/cgi-bin/user/get-identity-type',
  byCardNumbers: '/cgi-bin/user/get-user-by-card-numbers',
  organizationsByIds: '/cgi-bin/org/get-org-by-ids',
  organizationTree: '/cgi-bin/user/org-edu-list',
  schoolInfo: '/cgi-bin/campus/school-info',
  authorize: '/connect/oauth/authorize',
  pcAuthorize: '/connect/oauth/pc-authorize',
  userToken: '/connect/oauth2/token',
  userInfo: '/connect/oauth/get-user-info',
  photos: PHOTO_PATH,
} as const;

export type EndpointName = keyof typeof PATH;

export const ENDPOINT_NAMES = Object.keys(PATH) as readonly EndpointName[];

export function isEndpointName(name: unknown): name is EndpointName {
  return typeof name === 'string' && Object.hasOwn(PATH, name);
}

/** Which call a request's path is; undefined: none that the platform has. */
export function endpointAt(path: string): EndpointName | undefined {
  if (path.startsWith(PATH.photos)) return 'photos';
  return ENDPOINT_NAMES.find((name) => PATH[name] === path);
}

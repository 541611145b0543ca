/** Every path of the platform that the emulator plays. */
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
  photos: '/photos/',
} as const;

export const PATHS: readonly string[] = Object.values(PATH);

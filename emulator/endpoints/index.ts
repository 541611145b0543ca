import type { EndpointName } from '../platform/paths.ts';
import { authorize, pcAuthorize } from './authorize.ts';
import { identityTypes, organizationsByIds, organizationTree, schoolInfo } from './directory.ts';
import type { Endpoint } from './endpoint.ts';
import { byCardNumbers, search } from './members.ts';
import { photos } from './photos.ts';
import { token } from './token.ts';
import { userInfo, userToken } from './user.ts';

export const ENDPOINTS: Readonly<Record<EndpointName, Endpoint>> = {
  token,
  search,
  identityTypes,
  byCardNumbers,
  organizationsByIds,
  organizationTree,
  schoolInfo,
  authorize,
  pcAuthorize,
  userToken,
  userInfo,
  photos,
};

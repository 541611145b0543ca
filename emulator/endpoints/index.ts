import { PATH } from '../platform/paths.ts';
import { identityTypes, organizationsByIds, organizationTree, schoolInfo } from './directory.ts';
import type { Endpoint } from './endpoint.ts';
import { byCardNumbers, search } from './members.ts';
import { token } from './token.ts';

/** Path → what answers there. */
export const ENDPOINTS: Readonly<Partial<Record<string, Endpoint>>> = {
  [PATH.token]: token,
  [PATH.search]: search,
  [PATH.byCardNumbers]: byCardNumbers,
  [PATH.identityTypes]: identityTypes,
  [PATH.organizationsByIds]: organizationsByIds,
  [PATH.organizationTree]: organizationTree,
  [PATH.schoolInfo]: schoolInfo,
};

import { WECARD_CODE } from '#contract/errors.ts';
import { listIdentities } from '../campus/identities.ts';
import { listOrganizations } from '../campus/organizations.ts';
import type { Organization } from '../campus/organizations.ts';
import { BADGE, LOGO, photoAddress, resolvePhoto } from '../campus/photos.ts';
import { SCHOOL_NAME } from '../campus/school.ts';
import { numberAs, success } from '../platform/answer.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Settings } from '../platform/settings.ts';
import { requireDirectory } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';

const MAX_PAGE_SIZE = 5000;

/** The school's identities: cloud.tencent.com/document/api/1523/87725. */
export const identityTypes: Endpoint = {
  methods: ['POST'],
  handle(call) {
    const { settings } = call.platform;
    requireDirectory(call);
    const list = listIdentities().map((identity) => ({
      ...identity,
      identity_type: numberAs(settings, identity.identity_type),
      classification: numberAs(settings, identity.classification),
    }));
    return success(settings, { list }, 'ok');
  },
};

/** Organisations by id; unknown ids are left out: cloud.tencent.com/document/api/1523/87720. */
export const organizationsByIds: Endpoint = {
  methods: ['POST'],
  handle(call) {
    const { settings } = call.platform;
    requireDirectory(call);
    const ids = call.body.org_ids;
    if (ids === undefined || ids === null) throw new Refusal(WECARD_CODE.PARAMETER_MISSING, 'org_ids');
    if (!Array.isArray(ids)) throw new Refusal(WECARD_CODE.PARAMETER_WRONG, 'org_ids');
    const wanted = new Set(ids.map(Number));
    const found = listOrganizations().filter(({ id }) => wanted.has(id));
    return success(settings, { organization: found.map((one) => tellOrganization(settings, one)) }, 'OK');
  },
};

/** The whole tree, page by page: cloud.tencent.com/document/api/1523/87718. */
export const organizationTree: Endpoint = {
  methods: ['POST'],
  handle(call) {
    const { settings } = call.platform;
    requireDirectory(call);
    const page = readCount(call.body.page, 'page', Number.MAX_SAFE_INTEGER);
    const size = readCount(call.body.page_size, 'page_size', MAX_PAGE_SIZE);
    const all = listOrganizations();
    const organization = all
      .slice((page - 1) * size, page * size)
      .map((one) => tellOrganization(settings, one));
    return success(settings, { total: numberAs(settings, all.length), organization }, 'ok');
  },
};

/** Name and pictures of the school: cloud.tencent.com/document/api/1523/87716. */
export const schoolInfo: Endpoint = {
  methods: ['POST'],
  handle(call) {
    const { settings, origin } = call.platform;
    requireDirectory(call);
    return success(settings, {
      name: SCHOOL_NAME,
      badge: resolvePhoto(photoAddress(BADGE), origin),
      // Without its protocol, as the real one comes at times.
      manage_logo: resolvePhoto(photoAddress(LOGO, 'protocol-relative'), origin),
    });
  },
};

function tellOrganization(settings: Readonly<Settings>, { id, parent_id, ...names }: Organization) {
  return { id: numberAs(settings, id), parent_id: numberAs(settings, parent_id), ...names };
}

function readCount(value: unknown, name: string, most: number): number {
  if (value === undefined) throw new Refusal(WECARD_CODE.PARAMETER_MISSING, name);
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1 || count > most)
    throw new Refusal(WECARD_CODE.PARAMETER_WRONG, name);
  return count;
}

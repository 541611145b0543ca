import type { Answer } from '../platform/answer.ts';
import type { Settings } from '../platform/settings.ts';

/** Any page may call, without cookies. */
const ALLOWED = { 'access-control-allow-origin': '*' };

/** What a browser is told before the call of a page of another origin; undefined for any other request. */
export function preflight({ cors }: Readonly<Settings>, method: string | undefined): Answer | undefined {
  if (cors === 'none' || method !== 'OPTIONS') return undefined;
  const headers = {
    ...ALLOWED,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'content-type, x-requested-with',
    'access-control-max-age': '600',
  };
  return { status: 204, headers, body: '' };
}

/** The answer, as such a page may read it. */
export function readable({ cors }: Readonly<Settings>, answer: Answer): Answer {
  return cors === 'none' ? answer : { ...answer, headers: { ...answer.headers, ...ALLOWED } };
}

import { expect, it } from 'vitest';
import { callNameOf, callOutcomeOf } from '#server/metrics/platform-calls.ts';

it.each([
  ['search', { status: 200, body: { errcode: 0 } }, 'ok'],
  ['search', { status: 200, body: { errcode: '40007' } }, 'ok'],
  ['search', { status: 200, body: { errcode: '40001' } }, '40001'],
  ['search', { status: 500, body: { errcode: 40018 } }, '40018'],
  ['search', { status: 200, body: { errcode: 13 } }, 'other-code'],
  ['search', { status: 500, body: {} }, 'http-status'],
  ['search', { status: 200, body: 'text' }, 'upstream'],
  ['token', { status: 200, body: { access_token: 'x' } }, 'ok'],
  ['token', { status: 200, body: { errcode: 0, error: null, access_token: 'x' } }, 'ok'],
  // OAuth's words (RFC 6749) in place of a code.
  ['token', { status: 400, body: { error: 'invalid_client' } }, '40001'],
  ['token', { status: 400, body: { error: 'unauthorized_client' } }, '40001'],
  ['token', { status: 400, body: { error: 'invalid_scope' } }, 'other-code'],
  ['sign-in-token', { status: 400, body: { error: 'invalid_grant' } }, '40003'],
  ['token', { status: 200, body: {} }, 'upstream'],
  ['sign-in-token', { status: 200, body: { access_token: '' } }, 'upstream'],
] as const)('counts of a call to %s that is answered with %j: %s', (call, answer, outcome) => {
  expect(callOutcomeOf(call, answer)).toBe(outcome);
});

it.each([
  ['cgi-bin/user/search', 'search'],
  ['cgi-bin/user/search?keywords=07302590', 'other'],
  ['constructor', 'other'],
])('names the call of %s %s', (path, name) => {
  expect(callNameOf(path)).toBe(name);
});

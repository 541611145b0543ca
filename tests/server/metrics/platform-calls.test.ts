import { expect, it } from 'vitest';
import { callNameOf, callOutcomeOf } from '#server/metrics/platform-calls.ts';

it.each([
  [{ status: 200, body: { errcode: 0 } }, 'ok'],
  [{ status: 200, body: { access_token: 'x' } }, 'ok'],
  [{ status: 200, body: { errcode: '40007' } }, 'ok'],
  [{ status: 200, body: { errcode: '40001' } }, '40001'],
  [{ status: 500, body: { errcode: 40018 } }, '40018'],
  [{ status: 200, body: { errcode: 13 } }, 'other-code'],
  [{ status: 200, body: { error: 'invalid_client' } }, 'other-code'],
  [{ status: 500, body: {} }, 'http-status'],
  [{ status: 200, body: 'text' }, 'upstream'],
])('calls %j %s', (answer, outcome) => {
  expect(callOutcomeOf(answer)).toBe(outcome);
});

it.each([
  ['cgi-bin/user/search', 'search'],
  ['cgi-bin/user/search?keywords=07302590', 'other'],
  ['constructor', 'other'],
])('names the call of %s %s', (path, name) => {
  expect(callNameOf(path)).toBe(name);
});

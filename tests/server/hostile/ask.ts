import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { RunningRelay } from './start-relay.ts';

/** The same cases in every run; another set with `HOSTILE_SEED=…`. */
const SEED = Number(process.env.HOSTILE_SEED ?? 3);

/** For tens of thousands of cases on a busy machine. */
export const PATIENCE_MS = 900_000;

export const OURS = { 'content-type': 'application/json', 'x-requested-with': 'wecard-lookup' };

export async function holds<T>(numRuns: number, input: fc.Arbitrary<T>, check: (input: T) => Promise<void>) {
  await fc.assert(fc.asyncProperty(input, check), { numRuns, seed: SEED });
}

let asked = 0;

/** Another one each time: what is tested is no limit. */
function nextAddress(): string {
  asked += 1;
  return `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`;
}

/** Whatever is sent: an answer, or a refusal in the envelope, and never a failure of the relay's. */
export async function ask({ app }: RunningRelay, request: InjectOptions): Promise<LightMyRequestResponse> {
  const answer = await app.inject({ remoteAddress: nextAddress(), ...request });
  if (answer.statusCode >= 400) assertRefusal(answer);
  return answer;
}

export function search(relay: RunningRelay, payload: Buffer): Promise<LightMyRequestResponse> {
  return ask(relay, { method: 'POST', url: '/api/members/search', headers: OURS, payload });
}

/** `assert`, as a hundred thousand calls of `expect` take longer than the requests. */
function assertRefusal({ statusCode, headers, payload }: LightMyRequestResponse) {
  assert(statusCode >= 400 && statusCode < 500, `answers ${statusCode}: ${payload}`);
  assert(headers['content-security-policy'] !== undefined);
  if (payload === '') return; // HEAD
  // A person reads why they are not signed in.
  if (payload.startsWith('<!doctype html>')) return;
  assert.equal(headers['content-type'], 'application/json; charset=utf-8');
  const { errcode, errmsg, request_id: id, ...others } = JSON.parse(payload) as Record<string, unknown>;
  assert.equal(errcode, statusCode);
  assert(typeof errmsg === 'string' && /^[A-Z].*\.$/.test(errmsg));
  assert.equal(id, headers['x-request-id']);
  assert.deepEqual(others, {});
}

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Failure } from '#server/failure.ts';
import { parseStrictJson } from '#server/http/strict-json.ts';
import { PATIENCE_MS, holds, search } from './ask.ts';
import { body, text } from './generators.ts';
import { startRelay } from './start-relay.ts';
import type { RunningRelay } from './start-relay.ts';

let relay: RunningRelay;

beforeAll(async () => {
  relay = await startRelay();
});
afterAll(() => relay.close());

/** One object with one key and one string in strict UTF-8: the only thing that may be accepted. */
function soleString(payload: Buffer): string | undefined {
  const written = payload.toString();
  if (!Buffer.from(written).equals(payload)) return undefined;
  const sole =
    /^[ \t\r\n]*\{[ \t\r\n]*("(?:[^"\\]|\\.)*")[ \t\r\n]*:[ \t\r\n]*("(?:[^"\\]|\\.)*")[ \t\r\n]*\}[ \t\r\n]*$/.exec(
      written,
    );
  try {
    return JSON.parse(sole?.[1] ?? '') === 'keywords' ? (JSON.parse(sole?.[2] ?? '') as string) : undefined;
  } catch {
    return undefined;
  }
}

function isSearchable(keyword: string): boolean {
  const hasForbidden = /[\p{Cc}\p{Cs}]/u.test(keyword);
  const visible = keyword.replace(/[\s\p{Cf}]/gu, '');
  return !hasForbidden && visible !== '';
}

/** How many keys a value has, all the way down. */
function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside = Object.values(value).reduce((sum: number, part) => sum + countKeys(part), 0);
  return inside + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

/** How many keys are written: outside of strings, each has its colon. */
function countColons(written: string): number {
  return written.replace(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1;
}

describe('generated bodies', () => {
  test(
    'bytes are read only when they are UTF-8, JSON, and name no key twice',
    async () => {
      await holds(40_000, body, (payload) => {
        const written = payload.toString();
        try {
          const value = parseStrictJson(payload);
          assert(Buffer.from(written).equals(payload), written);
          assert.equal(countKeys(value), countColons(written), written);
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          assert.equal(error.kind, 'invalid');
        }
        return Promise.resolve();
      });
    },
    PATIENCE_MS,
  );

  test(
    'a body is accepted only when it has one reading, and refused in the envelope otherwise',
    async () => {
      const accepted = { count: 0 };
      await holds(25_000, body, async (payload) => {
        const { statusCode } = await search(relay, payload);
        const keyword = soleString(payload);
        if (statusCode === 200) {
          assert(keyword !== undefined && isSearchable(keyword), payload.toString());
          accepted.count += 1;
        } else if (keyword !== undefined && isSearchable(keyword)) {
          assert(Array.from(keyword).length > 64, payload.toString());
        }
      });
      // Some were accepted: the property is not empty.
      expect(accepted.count).toBeGreaterThan(100);
      // As it was typed and, where nobody was found and cleaning changes it, once more: no refused one is asked.
      const { search: asked } = relay.emulator.stats.calls;
      expect(asked).toBeGreaterThanOrEqual(accepted.count);
      expect(asked).toBeLessThanOrEqual(accepted.count * 2);
    },
    PATIENCE_MS,
  );

  test(
    'a reference that was not sealed here opens nobody',
    async () => {
      const answer = await search(relay, Buffer.from('{"keywords":"张伟"}'));
      const sealed = (JSON.parse(answer.payload) as { userlist: { ref: string }[] }).userlist[0]?.ref ?? '';
      const before = relay.emulator.stats.calls.search;
      const letter = fc.constantFrom(...Array.from('AQgwZaz059-_'));
      const changed = fc
        .tuple(fc.nat(sealed.length - 1), fc.string({ unit: letter, minLength: 1, maxLength: 3 }))
        .map(([at, other]) => sealed.slice(0, at) + other + sealed.slice(at + other.length));
      await holds(10_000, fc.oneof(changed, text), async (ref) => {
        if (ref === sealed) return;
        assert.equal((await search(relay, Buffer.from(JSON.stringify({ ref })))).statusCode, 400);
      });
      expect(relay.emulator.stats.calls.search).toBe(before);
    },
    PATIENCE_MS,
  );
});

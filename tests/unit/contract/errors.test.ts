import { describe, expect, it } from 'vitest';
import { failureKind } from '#contract/errors.ts';

describe('failureKind', () => {
  it.each([
    [{ errcode: 40009, status: 200 }, 'invalid'],
    [{ errcode: 40010, status: 400 }, 'invalid'],
    [{ errcode: 40003, status: 401 }, 'signed-out'],
    [{ errcode: 40008, status: 403 }, 'forbidden'],
    [{ errcode: 40018, status: 403 }, 'not-enabled'],
    [{ errcode: 40001, status: 502 }, 'upstream'],
    [{ errcode: 40006, status: 200 }, 'upstream'],
    [{ errcode: 49999, status: 200 }, 'upstream'],
    [{ errcode: -1, status: 200 }, 'upstream'],
    [{ errcode: 401, status: 401 }, 'signed-out'],
    [{ errcode: 429, status: 429 }, 'limited'],
    [{ errcode: 503, status: 503 }, 'busy'],
    [{ status: 400 }, 'invalid'],
    [{ status: 413 }, 'invalid'],
    [{ status: 401 }, 'signed-out'],
    [{ status: 403 }, 'forbidden'],
    [{ status: 429 }, 'limited'],
    [{ status: 500 }, 'upstream'],
    [{ status: 502 }, 'upstream'],
    [{ status: 503 }, 'busy'],
    [{ status: 504 }, 'timeout'],
    [{ status: 404 }, 'internal'],
    [{ status: 200 }, 'upstream'],
    [{}, 'internal'],
  ])('takes %j for %s', (answer, kind) => {
    expect(failureKind(answer)).toBe(kind);
  });
});

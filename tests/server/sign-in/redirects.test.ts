import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isOtherLoopbackName, safeReturnPath } from '#server/sign-in/redirects.ts';

const HOSTILE = readFileSync(new URL('../../fixtures/hostile-return-paths.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('# '))
  .map((line) =>
    line.replace(/\\x([0-9a-f]{2})|\\u([0-9a-f]{4})/g, (_all, byte?: string, unit?: string) =>
      String.fromCharCode(Number.parseInt(byte ?? unit ?? '', 16)),
    ),
  );

describe('isOtherLoopbackName', () => {
  it.each([
    ['localhost:3000', 'http://127.0.0.1:3000/'],
    ['127.0.0.1:3000', 'http://localhost:3000/'],
    ['[::1]:3000', 'http://localhost:3000/'],
    ['LOCALHOST', 'http://127.0.0.1/'],
  ])('tells %s from %s', (host, publicUrl) => {
    expect(isOtherLoopbackName(host, new URL(publicUrl))).toBe(true);
  });

  it.each([
    ['the same', 'localhost:3000', 'http://localhost:3000/'],
    ['what a proxy on this machine sends to the relay', '127.0.0.1:3000', 'http://localhost:8080/'],
    ['the same behind a proxy that ends TLS', '127.0.0.1:3000', 'https://localhost/'],
    ['a public name', '127.0.0.1:3000', 'https://campus.example/'],
    ['another machine’s', '10.0.0.7:3000', 'http://localhost:3000/'],
    ['no host', '', 'http://localhost:3000/'],
  ])('lets alone %s', (_what, host, publicUrl) => {
    expect(isOtherLoopbackName(host, new URL(publicUrl))).toBe(false);
  });
});

describe('safeReturnPath', () => {
  it.each([
    '/lookup/',
    '/lookup/members/Zx3_-9',
    '/lookup/members/Zx3_-9/',
    '/lookup/kiosk',
    '/lookup/?locale=en&text=large',
    '/lookup/authors',
  ])('keeps a screen of the app: %s', (path) => {
    expect(safeReturnPath(path, '/lookup/')).toBe(path);
  });

  it.each(['/', '/members/Zx3_-9', '/?locale=en'])('keeps a screen of an app at the root: %s', (path) => {
    expect(safeReturnPath(path, '/')).toBe(path);
  });

  it.each(HOSTILE)('goes to the app itself instead of %j', (path) => {
    expect(safeReturnPath(path, '/lookup/')).toBe('/lookup/');
  });

  it.each(HOSTILE)("stays on the app's origin at the root, too: %j", (path) => {
    const url = new URL(safeReturnPath(path, '/'), 'https://campus.example/');
    expect(url.origin).toBe('https://campus.example');
    expect(url.pathname).not.toMatch(/^\/(auth|api)(\/|$)/);
  });

  it.each([undefined, null, 7, ['/lookup/'], {}, ''])('goes to the app itself for no text: %j', (value) => {
    expect(safeReturnPath(value, '/lookup/')).toBe('/lookup/');
  });

  it('answers an endless path at once', () => {
    const startedAt = performance.now();
    expect(safeReturnPath(`/lookup/${'a'.repeat(200_000)}!`, '/lookup/')).toBe('/lookup/');
    expect(safeReturnPath(`/lookup/${'a/'.repeat(500)}!`, '/lookup/')).toBe('/lookup/');
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});

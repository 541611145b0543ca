import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ask, clientOf, emulatorFor, search, startRelay } from '../support/relay.ts';

const SCRIPT = 'document.documentElement.dataset.ready = "1"';
const STYLE = 'body{margin:0}';
const PAGE = `<!doctype html><html><head><base href="./"><style>${STYLE}</style><script>${SCRIPT}</script>
<script type="application/json" id="app-config">{}</script><script type="module" src="./assets/a.js"></script></head></html>`;

function sha256(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

async function relay(variables: Record<string, string> = {}) {
  const emulator = await emulatorFor();
  return startRelay({ platform: emulator.url, variables, client: clientOf(PAGE) });
}

describe('the security headers', () => {
  test('stand on every answer', async () => {
    const { url } = await relay();
    const answers = await Promise.all([
      fetch(url),
      fetch(`${url}/healthz`),
      fetch(`${url}/api/nothing`),
      fetch(`${url}/%ff`),
      fetch(`${url}/api/members/search`, { method: 'POST' }),
    ]);
    for (const { headers } of answers) {
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('strict-origin');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{12}$/);
      expect(headers.has('x-powered-by')).toBe(false);
    }
    const ids = answers.map(({ headers }) => headers.get('x-request-id'));
    expect(new Set(ids).size).toBe(answers.length);
  });

  test('allow the inline script and style of the page by hash, and nothing unsafe', async () => {
    const { url } = await relay();
    const policy = (await fetch(url)).headers.get('content-security-policy') ?? '';
    const directives = new Map(
      policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]),
    );
    expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'", sha256(SCRIPT)]);
    expect(directives.get('style-src')).toEqual(["'self'", sha256(STYLE)]);
    expect(directives.get('img-src')).toEqual(["'self'", 'data:', 'blob:']);
    expect(policy).not.toMatch(/'unsafe|\*|https?:/);
  });

  test('tell browsers to stay with https where that is what they use', async () => {
    const secure = await relay({ PUBLIC_URL: 'https://campus.example/' });
    expect((await fetch(secure.url)).headers.get('strict-transport-security')).toBe('max-age=31536000');
    const local = await relay();
    expect((await fetch(local.url)).headers.has('strict-transport-security')).toBe(false);
  });

  test('take no request id from outside', async () => {
    const { url } = await relay();
    const { headers } = await fetch(`${url}/healthz`, {
      headers: { 'x-request-id': 'forged', 'request-id': 'forged' },
    });
    expect(headers.get('x-request-id')).not.toBe('forged');
  });
});

describe('a reply', () => {
  test('is never stored', async () => {
    const { url } = await relay();
    expect((await search(url, '沈青禾')).headers.get('cache-control')).toBe('no-store');
    expect((await ask(url, '')).headers.get('cache-control')).toBe('no-store');
    expect((await fetch(`${url}/readyz`)).headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'gzip'],
    ['identity', null],
    ['deflate', null],
  ])('to somebody who takes %s is encoded as %s', async (accept, encoding) => {
    const emulator = await emulatorFor(20_000);
    const { url } = await startRelay({ platform: emulator.url });
    const { headers, body } = await ask(url, { keywords: '张伟' }, { 'accept-encoding': accept });
    expect(headers.get('content-encoding')).toBe(encoding);
    if (encoding !== null) expect(headers.get('vary')).toContain('accept-encoding');
    expect(body.userlist).toHaveLength(180);
  });

  test('that is short is sent as it is', async () => {
    const { url } = await relay();
    const { headers } = await ask(url, { keywords: '查无此人' }, { 'accept-encoding': 'br' });
    expect(headers.get('content-encoding')).toBeNull();
  });
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { loadClient } from '#server/routes/client.ts';
import { sendRaw } from '../support/raw.ts';
import { closeAfterTest, emulatorFor, startRelay } from '../support/relay.ts';

const PAGE = `<!doctype html><html><head><base href="./" /><script type="application/json" id="app-config">
{}
</script></head><body></body></html>`;
const SCRIPT = 'console.log(1);'.repeat(100);

/** A folder as the build writes it. */
async function builtFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'client-'));
  closeAfterTest(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), PAGE);
  await writeFile(join(folder, 'assets/index-abc.js'), SCRIPT);
  await writeFile(join(folder, 'assets/index-abc.js.br'), brotliCompressSync(SCRIPT));
  await writeFile(join(folder, 'assets/index-abc.js.gz'), gzipSync(SCRIPT));
  await writeFile(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await mkdir(join(folder, '.vite'));
  await writeFile(join(folder, '.vite/manifest.json'), '{"secret":"the sources"}');
  await writeFile(join(folder, '.secret.txt'), 'the sources');
  return folder;
}

async function relay(variables: Record<string, string> = {}) {
  const emulator = await emulatorFor();
  const client = loadClient(await builtFolder());
  if (client === undefined) throw new Error('no client');
  return startRelay({ platform: emulator.url, variables, client });
}

function configIn(page: string): Record<string, unknown> {
  return JSON.parse(/id="app-config">([^<]*)</.exec(page)?.[1] ?? '') as Record<string, unknown>;
}

describe('a hashed file', () => {
  test.each([
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
    ['br;q=0', null],
  ])('for somebody who takes %s is sent as the build wrote it: %s', async (accept, encoding) => {
    const { port } = await relay();
    const reply = await sendRaw(
      port,
      [`GET /assets/index-abc.js HTTP/1.0\r\nHost: localhost\r\nAccept-Encoding: ${accept}\r\n\r\n`],
      5_000,
    );
    expect(reply.status).toBe(200);
    expect(/content-encoding: (\w+)/i.exec(reply.text)?.[1] ?? null).toBe(encoding);
    expect(reply.text).toMatch(/cache-control: public, max-age=31536000, immutable/i);
    expect(reply.text).toMatch(/vary: accept-encoding/i);
    expect(reply.text).toMatch(/content-type: (text|application)\/javascript; charset=utf-8/i);
  });

  test.each(['/assets/index-abc.js', '/'])('is not sent again to somebody who has it (%s)', async (path) => {
    const { relay: instance } = await relay();
    for (const encoding of ['br', 'identity']) {
      const ask = (headers: Record<string, string>) =>
        instance.app.inject({ url: path, headers: { 'accept-encoding': encoding, ...headers } });
      // The page changes once, when the school's name arrives.
      await vi.waitFor(async () => {
        const { headers } = await ask({});
        const again = await ask({ 'if-none-match': headers.etag ?? '' });
        expect(again.statusCode).toBe(304);
        expect(again.payload).toBe('');
        expect(again.headers['cache-control']).toBe(headers['cache-control']);
      }, 20_000);
    }
  });

  test('has no body for HEAD', async () => {
    const { url } = await relay();
    const { status, headers } = await fetch(`${url}/assets/index-abc.js`, { method: 'HEAD' });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toContain('immutable');
  });
});

describe('the page', () => {
  test.each(['/', '/index.html', '/members/abc-DEF_123', '/kiosk', '/no/such/screen', '/?x=1'])(
    'is the answer to %s, always asked for anew',
    async (path) => {
      const { url } = await relay();
      const response = await fetch(url + path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toContain('<base href="/">');
    },
  );

  test('holds the settings', async () => {
    const { url } = await relay({ SCHOOL_CONTACT: '信息中心 </script><script>', LOCALE: 'en' });
    const page = await (await fetch(url)).text();
    expect(configIn(page)).toMatchObject({
      endpoint: 'api/members/search',
      relay: true,
      demo: true,
      locale: 'en',
      school: { name: '青屿大学', logo: 'api/school/logo', contact: '信息中心 </script><script>' },
    });
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  test('holds what the kiosks are told', async () => {
    const { url } = await relay({ KIOSK_IDLE_SECONDS: '60', KIOSK_STAFF_CODE: 'STAFF-9931' });
    const page = await (await fetch(url)).text();
    expect(configIn(page)).toMatchObject({
      kiosk: { idleSeconds: 60, warningSeconds: 20, staffCode: 'STAFF-9931' },
    });
  });

  test('is there while the platform is not', async () => {
    const client = loadClient(await builtFolder());
    if (client === undefined) throw new Error('no client');
    const { url } = await startRelay({ platform: 'http://127.0.0.1:9', client });
    const page = await (await fetch(url)).text();
    expect(configIn(page)).toMatchObject({ school: { name: '', logo: '' } });
  });

  test("holds the operator's name for the school rather than the platform's", async () => {
    const { url } = await relay({ SCHOOL_NAME: '山海大学' });
    expect(configIn(await (await fetch(url)).text())).toMatchObject({ school: { name: '山海大学' } });
  });

  test.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('is compressed as %s', async (accept, decompress) => {
    const { relay: instance } = await relay();
    const reply = await instance.app.inject({ url: '/', headers: { 'accept-encoding': accept } });
    expect(reply.headers['content-encoding']).toBe(accept);
    expect(decompress(reply.rawPayload).toString()).toContain('app-config');
  });
});

describe("the platform's logo", () => {
  test('comes through the relay once the page named it', async () => {
    const { url } = await relay();
    expect((await fetch(`${url}/api/school/logo`)).status).toBe(404);
    await fetch(url);
    const response = await fetch(`${url}/api/school/logo`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^image\//);
  });
});

describe('what is not there', () => {
  test.each([
    '/assets/gone.js',
    '/favicon.ico',
    '/api',
    '/api/x',
    '/auth',
    '/auth/x',
    '/assets/',
    '/.vite/manifest.json',
    '/.secret.txt',
    '/assets/index-abc.js.br',
    '/assets',
  ])('%s is HTTP 404 in the envelope', async (path) => {
    const { url } = await relay();
    const response = await fetch(url + path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ errcode: 404 });
  });

  test.each([
    '/../package.json',
    '/assets/../../package.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/..%2f..%2fpackage.json',
    '/%5c..%5c..%5cpackage.json',
    '//etc/passwd',
    '/assets/index-abc.js%00.txt',
  ])('%s leaves the folder no more than anything else', async (path) => {
    const { port } = await relay();
    const { text, status } = await sendRaw(port, [`GET ${path} HTTP/1.0\r\nHost: localhost\r\n\r\n`]);
    expect(status === 404 || status === 400 || text.includes('app-config')).toBe(true);
    expect(text).not.toContain('"dependencies"');
    expect(text).not.toContain('root:');
  });

  test('a folder without a page is no client', () => {
    expect(loadClient(join(tmpdir(), 'there-is-no-such-folder'))).toBeUndefined();
  });
});

describe('under a sub-path', () => {
  const SUB = { PUBLIC_URL: 'https://campus.example/lookup' };

  test.each(['/lookup/', '/', '/lookup/members/abc', '/members/abc'])(
    'the page is there, whether the proxy keeps the path or not (%s)',
    async (path) => {
      const { url } = await relay(SUB);
      const response = await fetch(url + path);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('<base href="/lookup/">');
    },
  );

  test('so are files, health and the API', async () => {
    const { url } = await relay(SUB);
    expect((await fetch(`${url}/lookup/assets/index-abc.js`)).status).toBe(200);
    expect((await fetch(`${url}/lookup/healthz`)).status).toBe(200);
    const response = await fetch(`${url}/lookup/api/members/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-requested-with': 'wecard-lookup' },
      body: '{"keywords":"沈青禾"}',
    });
    expect(response.status).toBe(200);
  });

  test('the address without its slash leads to the one with it', async () => {
    const { url } = await relay(SUB);
    const response = await fetch(`${url}/lookup`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([308, '/lookup/']);
  });
});

import { describe, expect, test } from 'vitest';
import { MAX_KEYWORD_LENGTH } from '#contract/keyword.ts';
import { HEADERS, ask, emulatorFor, startRelay } from '../support/relay.ts';

async function relay() {
  const emulator = await emulatorFor();
  return { emulator, ...(await startRelay({ platform: emulator.url })) };
}

const utf8 = (text: string) => Buffer.from(text);

describe('a body', () => {
  test.each<[string, string | Buffer]>([
    ['nothing', ''],
    ['no JSON', '{"keywords":'],
    ['JSON and more', '{"keywords":"张伟"} x'],
    ['a byte order mark', '\ufeff{"keywords":"张伟"}'],
    ['a text', '"张伟"'],
    ['null', 'null'],
    ['a list', '[{"keywords":"张伟"}]'],
    ['an empty object', '{}'],
    ['a number', '{"keywords":7302590}'],
    ['null as keywords', '{"keywords":null}'],
    ['a list of keywords', '{"keywords":["张伟"]}'],
    ['another field', '{"keywords":"张伟","page":1}'],
    ['both ways at once', '{"keywords":"张伟","ref":"x"}'],
    ['__proto__', '{"keywords":"张伟","__proto__":{}}'],
    ['constructor', '{"keywords":"张伟","constructor":{"prototype":{}}}'],
    ['a key twice', '{"keywords":"张伟","keywords":"王芳"}'],
    ['a key twice, once escaped', '{"keywords":"张伟","\\u006beywords":"王芳"}'],
    ['a key twice, deep inside', '{"keywords":{"a":[{"b":1,"b":2}]}}'],
    ['a comment', '{"keywords":"张伟"/**/}'],
    ['single quotes', "{'keywords':'张伟'}"],
    ['NaN', '{"keywords":NaN}'],
    ['bytes that are not UTF-8', Buffer.concat([utf8('{"keywords":"'), Buffer.from([0xff]), utf8('"}')])],
    ['GBK', Buffer.concat([utf8('{"keywords":"'), Buffer.from([0xd5, 0xc5]), utf8('"}')])],
    ['an overlong form', Buffer.concat([utf8('{"keywords":"'), Buffer.from([0xc0, 0xaf]), utf8('"}')])],
    ['UTF-16', Buffer.from('{"keywords":"张伟"}', 'utf16le')],
    ['half a surrogate pair', '{"keywords":"\\ud842"}'],
    ['the other half', '{"keywords":"a\\udfb7"}'],
    ['a control character', '{"keywords":"张\\u0000伟"}'],
    ['a raw control character', '{"keywords":"张\u0001伟"}'],
    ['an escape sequence', '{"keywords":"\\u001b[31m"}'],
    ['a line break', '{"keywords":"张伟\\n王芳"}'],
    ['an empty keyword', '{"keywords":""}'],
    ['a blank keyword', '{"keywords":" \\u3000\\u00a0"}'],
    ['an invisible keyword', '{"keywords":"\\u200b\\ufeff"}'],
    ['a keyword that is too long', JSON.stringify({ keywords: '王'.repeat(MAX_KEYWORD_LENGTH + 1) })],
    ['a reference that is a number', '{"ref":1}'],
    ['a reference that is too long', JSON.stringify({ ref: 'A'.repeat(600) })],
  ])('of %s is a bad request that asks the platform nothing', async (_name, body) => {
    const { emulator, url } = await relay();
    const reply = await ask(url, body);
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({
      errcode: 400,
      errmsg: expect.stringMatching(/^[ -~]+$/) as string,
      request_id: reply.headers.get('x-request-id'),
    });
    expect(emulator.stats.calls).toMatchObject({ search: 0, token: 0 });
  });

  test('with the longest keyword is searched', async () => {
    const { url } = await relay();
    expect((await ask(url, { keywords: '𠮷'.repeat(MAX_KEYWORD_LENGTH) })).status).toBe(200);
  });

  test('that is escaped all over is the same', async () => {
    const { url } = await relay();
    const { body } = await ask(url, '{"\\u006beywords":"\\u6c88\\u9752\\u79be"}');
    expect(body.userlist[0]?.name).toBe('沈青禾');
  });

  test('that is too long is HTTP 413', async () => {
    const { url } = await relay();
    const { status, body } = await ask(url, `{"keywords":"${' '.repeat(9_000)}"}`);
    expect([status, body.errcode]).toEqual([413, 413]);
  });

  test.each([
    ['text/plain', {}],
    ['application/x-www-form-urlencoded', {}],
    ['multipart/form-data; boundary=x', {}],
    ['application/json; charset=gbk', {}],
    ['application/jsonp', {}],
    ['text/json', {}],
    ['application/json', { 'content-encoding': 'gzip' }],
  ])('as %s with %o is HTTP 415', async (type, headers) => {
    const { url } = await relay();
    const { status, body } = await ask(url, { keywords: '张伟' }, { 'content-type': type, ...headers });
    expect([status, body.errcode]).toEqual([415, 415]);
  });

  test.each(['application/json;charset=UTF-8', 'application/json; charset="utf-8"', 'Application/JSON'])(
    'as %s is searched',
    async (type) => {
      const { url } = await relay();
      expect((await ask(url, { keywords: '沈青禾' }, { 'content-type': type })).status).toBe(200);
    },
  );
});

describe('another route or method', () => {
  test.each([
    ['GET', '/api/members/search'],
    ['PUT', '/api/members/search'],
    ['DELETE', '/api/members/search'],
    ['OPTIONS', '/api/members/search'],
    ['POST', '/api/members'],
    ['POST', '/api/members/search/'],
    ['POST', '/'],
    ['GET', '/api/nothing'],
    ['GET', '/auth/nothing'],
  ])('%s %s is HTTP 404, in the envelope', async (method, path) => {
    const { url } = await relay();
    const response = await fetch(url + path, { method, headers: HEADERS });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ errcode: 404, request_id: expect.any(String) as string });
  });

  test.each(['/%', '/%ff', '/api/%e4%', '/members/%00%'])(
    '%s is HTTP 400 or 404, never more',
    async (path) => {
      const { url } = await relay();
      const response = await fetch(url + path);
      expect([400, 404]).toContain(response.status);
      expect(await response.json()).toMatchObject({ request_id: response.headers.get('x-request-id') });
    },
  );
});

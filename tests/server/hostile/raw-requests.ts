/** A request as bytes (latin1), written so that two parsers may read it in two ways, or none can. */
export interface RawRequest {
  name: string;
  /** Written one after another. */
  send: string[];
  /** The statuses answered, in order. */
  expect: number[];
}

const HOST = 'Host: localhost';
const OURS = 'X-Requested-With: wecard-lookup';
const JSON_TYPE = 'Content-Type: application/json';
const BODY = '{"keywords":"07302590"}';
const LENGTH = `Content-Length: ${BODY.length}`;
const TARGET = '/api/members/search';

/** A search with other headers than the app's, or another body. */
function post(headers: string[], body = BODY, line = `POST ${TARGET} HTTP/1.1`): string {
  return [line, HOST, OURS, JSON_TYPE, ...headers, '', body].join('\r\n');
}

function search(body: string, type = JSON_TYPE): string {
  const bytes = Buffer.from(body, 'latin1');
  return [
    `POST ${TARGET} HTTP/1.1`,
    HOST,
    OURS,
    type,
    `Content-Length: ${bytes.length}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

function get(target: string, ...headers: string[]): string {
  return [`GET ${target} HTTP/1.1`, HOST, ...headers, 'Connection: close', '', ''].join('\r\n');
}

function utf8(text: string): string {
  return Buffer.from(text).toString('latin1');
}

const one = (status: number, entries: Record<string, string>): RawRequest[] =>
  Object.entries(entries).map(([name, bytes]) => ({ name, send: [bytes], expect: [status] }));

/** More than Node keeps unless it is told to; still within the bytes that headers may have. */
const MANY = Array<string>(2_100).fill('a: b');

const smuggling = one(400, {
  'a second Host behind thousands of headers': get('/healthz', ...MANY, 'Host: evil.example'),
  'a second Content-Type behind thousands of headers': post([LENGTH, ...MANY, JSON_TYPE]),
  'CL and TE': post([LENGTH, 'Transfer-Encoding: chunked'], `0\r\n\r\n${get('/healthz')}`),
  'TE and CL': post(['Transfer-Encoding: chunked', LENGTH], `17\r\n${BODY}\r\n0\r\n\r\n`),
  'two different lengths': post([LENGTH, 'Content-Length: 3']),
  'the same length twice': post([LENGTH, LENGTH]),
  'a list of lengths': post([`Content-Length: ${BODY.length}, ${BODY.length}`]),
  'a signed length': post([`Content-Length: +${BODY.length}`]),
  'a negative length': post(['Content-Length: -1']),
  'a hexadecimal length': post(['Content-Length: 0x17']),
  'an enormous length': post(['Content-Length: 99999999999999999999']),
  'an empty length': post(['Content-Length:']),
  'TE twice': post(
    ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'],
    `17\r\n${BODY}\r\n0\r\n\r\n`,
  ),
  'TE chunked twice': post(['Transfer-Encoding: chunked, chunked'], `17\r\n${BODY}\r\n0\r\n\r\n`),
  'TE in HTTP/1.0': post(
    ['Transfer-Encoding: chunked'],
    `17\r\n${BODY}\r\n0\r\n\r\n`,
    `POST ${TARGET} HTTP/1.0`,
  ),
  'two types': post([LENGTH, 'Content-Type: text/plain']),
  'a space before the colon': post([`Content-Length : ${BODY.length}`]),
  'a space before TE’s colon': post([LENGTH, 'Transfer-Encoding : chunked']),
  'TE that is not chunked': post(['Transfer-Encoding: identity']),
  'TE chunked in the middle': post(['Transfer-Encoding: chunked, identity']),
  'TE with a vertical tab': post(['Transfer-Encoding: \x0bchunked']),
  'TE quoted': post(['Transfer-Encoding: "chunked"']),
  'a folded header': post([LENGTH, 'X-Folded: a\r\n b']),
  'a folded TE': post([LENGTH, 'Transfer-Encoding:\r\n chunked']),
  'a bare LF between headers': post([LENGTH]).replaceAll('\r\n', '\n'),
  'a bare CR in a header': post([LENGTH, 'X-Bare: a\rb']),
  'a NUL in a header': post([LENGTH, 'X-Nul: a\0b']),
  'a NUL in a header’s name': post([LENGTH, 'X-\0: a']),
  'a header without a colon': post([LENGTH, 'nonsense']),
  'a header without a name': post([LENGTH, ': a']),
  'a leading space before a header': post([' X-Space: a', LENGTH]),
  'a chunk size that is no number': post(['Transfer-Encoding: chunked'], 'zz\r\n'),
  'a chunk size with a sign': post(['Transfer-Encoding: chunked'], `+17\r\n${BODY}\r\n0\r\n\r\n`),
  'a chunk size with 0x': post(['Transfer-Encoding: chunked'], `0x17\r\n${BODY}\r\n0\r\n\r\n`),
  'a chunk size past 64 bits': post(
    ['Transfer-Encoding: chunked'],
    `fffffffffffffffff\r\n${BODY}\r\n0\r\n\r\n`,
  ),
  'a chunk longer than it says': post(['Transfer-Encoding: chunked'], `2\r\n${BODY}\r\n0\r\n\r\n`),
  'a chunk ended by LF': post(['Transfer-Encoding: chunked'], `17\n${BODY}\n0\n\n`),
});

const lines = one(400, {
  'no HTTP': 'hello\r\n\r\n',
  'TLS on the plain port': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  'a SSH banner': 'SSH-2.0-OpenSSH_9.6\r\n',
  NULs: '\0\0\0\0\0\0\0\0\r\n\r\n',
  'a method in lower case': post([LENGTH], BODY, `post ${TARGET} HTTP/1.1`),
  'a method that nobody has': post([LENGTH], BODY, `SEARCHALL ${TARGET} HTTP/1.1`),
  'no target': `GET HTTP/1.1\r\n${HOST}\r\n\r\n`,
  'a space in the target': get('/api/members/search x'),
  'a NUL in the target': get('/heal\0thz'),
  'HTTP/0.9': 'GET /healthz\r\n\r\n',
  'HTTP/1.9': `GET /healthz HTTP/1.9\r\n${HOST}\r\n\r\n`,
  'HTTP/2 in clear': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'HTTP in lower case': `GET /healthz http/1.1\r\n${HOST}\r\n\r\n`,
  'no Host': 'GET /healthz HTTP/1.1\r\n\r\n',
  'two Hosts': get('/healthz', 'Host: evil.example'),
  'a Host with a path': get('/healthz').replace(HOST, 'Host: localhost/x'),
  'a Host with a user': get('/healthz').replace(HOST, 'Host: a@localhost'),
  'an empty Host': get('/healthz').replace(HOST, 'Host:'),
  'an expectation that nobody has': post([LENGTH, 'Expect: the-best']),
  'a tunnel (CONNECT)': `CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n`,
  'another host’s address (absolute form)': get('http://evil.example/healthz'),
  'a broken escape': get('/api/%zz'),
  'an escape of no UTF-8': get('/api/photos/%ff%fe'),
});

const headers = one(431, {
  'a header of 20 KB': get('/healthz', `X-Long: ${'a'.repeat(20_000)}`),
  'a target of 20 KB': get(`/${'a'.repeat(20_000)}`),
  'thousands of headers': get('/healthz', ...Array.from({ length: 3_000 }, (_, index) => `X-${index}: a`)),
});

const bodies = one(400, {
  'no JSON': search('keywords=07302590'),
  nothing: search(''),
  'half of it': search('{"keywords":"073'),
  'more than one value': search(`${BODY}${BODY}`),
  'trailing text': search(`${BODY}x`),
  'a byte order mark': search(`\xef\xbb\xbf${BODY}`),
  'UTF-16': search(Buffer.from(BODY, 'utf16le').toString('latin1')),
  'invalid UTF-8': search('{"keywords":"\xff\xfe"}'),
  'overlong UTF-8': search('{"keywords":"\xc0\xaf\xc0\xae"}'),
  'a surrogate in UTF-8': search('{"keywords":"\xed\xa0\x80"}'),
  'half a character': search('{"keywords":"\xe5\xbc"}'),
  GBK: search('{"keywords":"\xd5\xc5\xce\xb0"}'),
  'a lone surrogate, escaped': search('{"keywords":"a\\ud800"}'),
  'surrogates the wrong way round': search('{"keywords":"\\udc00\\ud800"}'),
  'a NUL, escaped': search('{"keywords":"a\\u0000b"}'),
  'a raw control character': search('{"keywords":"a\nb"}'),
  'a control character, escaped': search('{"keywords":"a\\u0007b"}'),
  'a line feed, escaped': search('{"keywords":"a\\nb"}'),
  'a C1 control': search(utf8('{"keywords":"a\u0085b"}')),
  'a key twice': search('{"keywords":"07302590","keywords":"07302591"}'),
  'a key twice, once escaped': search('{"keywords":"07302590","key\\u0077ords":"07302591"}'),
  'keyword and reference': search('{"keywords":"07302590","ref":"x"}'),
  'another key beside it': search('{"keywords":"07302590","page":1}'),
  'a prototype': search('{"__proto__":{"keywords":"07302590"}}'),
  'a prototype beside it': search('{"keywords":"07302590","__proto__":{"admin":true}}'),
  'a constructor': search('{"constructor":{"prototype":{"keywords":"07302590"}}}'),
  'a number': search('{"keywords":7302590}'),
  'a list': search('{"keywords":["07302590"]}'),
  'an object': search('{"keywords":{"$ne":""}}'),
  null: search('{"keywords":null}'),
  true: search('true'),
  'a list around it': search(`[${BODY}]`),
  'a string around it': search(JSON.stringify(BODY)),
  NaN: search('{"keywords":NaN}'),
  'a comment': search(`/**/${BODY}`),
  'single quotes': search("{'keywords':'07302590'}"),
  'spaces only': search('{"keywords":"   "}'),
  'zero-width characters only': search('{"keywords":"\\u200b\\u2060\\ufeff"}'),
  empty: search('{"keywords":""}'),
  'too long': search(`{"keywords":"${'a'.repeat(65)}"}`),
  'a reference that nobody sealed': search('{"ref":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}'),
  'a reference of the wrong alphabet': search('{"ref":"../../etc/passwd"}'),
  'an empty reference': search('{"ref":""}'),
  nesting: search('['.repeat(1_500) + ']'.repeat(1_500)),
});

const types = one(415, {
  'a form': search('keywords=07302590', 'Content-Type: application/x-www-form-urlencoded'),
  'plain text, as a form can send it': search(BODY, 'Content-Type: text/plain'),
  'a multipart form': search(BODY, 'Content-Type: multipart/form-data; boundary=x'),
  'another charset': search(BODY, 'Content-Type: application/json; charset=gbk'),
  'UTF-7': search(BODY, 'Content-Type: application/json; charset=utf-7'),
  XML: search('<keywords>07302590</keywords>', 'Content-Type: application/xml'),
  'no type': search(BODY, 'X-Nothing: 1'),
  'a type that only contains it': search(BODY, 'Content-Type: text/application/json'),
  gzip: search(BODY, `${JSON_TYPE}\r\nContent-Encoding: gzip`),
});

const targets = one(404, {
  'a path that climbs': get('/../../etc/passwd'),
  'a path that climbs, escaped': get('/%2e%2e/%2e%2e/etc/passwd'),
  'a path that climbs, escaped twice': get('/assets/%252e%252e/%252e%252e/package.json'),
  'a path that climbs out of the photos': get('/api/photos/../../etc/passwd'),
  backslashes: get('/..\\..\\etc\\passwd.txt'),
  'a NUL, escaped': get('/api/%00'),
  'a line feed, escaped': get('/api/%0d%0aSet-Cookie:%20a=b'),
  'OPTIONS, as a preflight': get(
    TARGET,
    'Origin: https://evil.example',
    'Access-Control-Request-Method: POST',
  ).replace('GET', 'OPTIONS'),
  'OPTIONS of everything': get('*').replace('GET', 'OPTIONS'),
  'the search by GET': get(`${TARGET}?keywords=07302590`),
  'a photo that nobody sealed': get('/api/photos/https://evil.example/a.jpg'),
  'a photo by a long text': get(`/api/photos/${'A'.repeat(8_000)}`),
  'a file of the project': get('/package.json'),
  'a hidden file': get('/.env'),
});

const methods = one(404, {
  TRACE: get('/healthz').replace('GET', 'TRACE'),
  DELETE: get(TARGET).replace('GET', 'DELETE'),
  WebDAV: get(TARGET).replace('GET', 'PROPFIND'),
});

export const RAW_REQUESTS: readonly RawRequest[] = [
  ...smuggling,
  ...lines,
  ...headers,
  ...bodies,
  ...types,
  ...targets,
  ...methods,
  { name: 'a body past the limit', send: [search('x'.repeat(5_000))], expect: [413] },
  { name: 'a length past the limit, and no body', send: [post(['Content-Length: 5000'], '')], expect: [413] },
  {
    name: 'chunks past the limit',
    send: [post(['Transfer-Encoding: chunked'], `1388\r\n${' '.repeat(5_000)}\r\n0\r\n\r\n`)],
    expect: [413],
  },
  {
    name: 'a chunk extension without an end',
    send: [post(['Transfer-Encoding: chunked'], `17;${'a'.repeat(40_000)}`)],
    expect: [413],
  },
  { name: 'without the app’s header', send: [search(BODY).replace(OURS, 'X-Other: 1')], expect: [403] },
  {
    name: 'with the app’s header twice',
    send: [search(BODY).replace(OURS, `${OURS}\r\n${OURS}`)],
    expect: [403],
  },
  {
    name: 'from another origin',
    send: [search(BODY).replace(OURS, `${OURS}\r\nOrigin: https://evil.example`)],
    expect: [403],
  },
  {
    name: 'from another site',
    send: [search(BODY).replace(OURS, `${OURS}\r\nSec-Fetch-Site: cross-site`)],
    expect: [403],
  },
  {
    name: 'garbage behind a whole request',
    send: [`GET /healthz HTTP/1.1\r\n${HOST}\r\n\r\n\x01\x02garbage\r\n\r\n`],
    // Whichever of the two the parser is done with first: the connection ends with it.
    expect: [400],
  },
  {
    name: 'a refused request, and garbage behind it',
    send: [post([LENGTH], '{"keywords":12345678901}') + 'GARBAGE\r\n\r\n'],
    expect: [400],
  },
];

/** Requests that never end: the connection is closed within seconds, with 408 where a request had begun. */
export const UNFINISHED: readonly RawRequest[] = [
  { name: 'half a request line', send: ['POST /api/mem'], expect: [408] },
  { name: 'headers without an end', send: [`POST ${TARGET} HTTP/1.1\r\n${HOST}\r\nX-Slow: `], expect: [408] },
  { name: 'half a body', send: [post([LENGTH], BODY.slice(0, 9))], expect: [408] },
  { name: 'half a chunk', send: [post(['Transfer-Encoding: chunked'], '17\r\n{"key')], expect: [408] },
  { name: 'no last chunk', send: [post(['Transfer-Encoding: chunked'], `17\r\n${BODY}\r\n`)], expect: [408] },
  {
    name: 'a promise of more (Expect)',
    send: [post([LENGTH, 'Expect: 100-continue'], '')],
    expect: [100, 408],
  },
];

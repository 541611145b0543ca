import fc from 'fast-check';

/** Pieces that have broken parsers before; the platform's own alphabet is among them. */
const PIECES = [
  '张',
  '伟',
  'é',
  '07302590',
  ' ',
  '',
  'a',
  '\u0000',
  '\n',
  '\u007f',
  '\u0085',
  '\u00ad',
  '\u200b',
  '\u2028',
]
  .concat([
    '\u202e',
    '\ufeff',
    '\ufffd',
    '\ufffe',
    '\ud800',
    '\udfff',
    '𠮷',
    '１',
    '·',
    '・',
    '"',
    '\\',
    '<script>',
    '{{7*7}}',
  ])
  .concat(["' OR 1=1 --", '../', '%00', '${x}', '__proto__', 'x'.repeat(70), '张'.repeat(64)]);

export const text = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    maxLength: 20,
  }),
);

const key = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('keywords', 'ref') },
  fc.constantFrom(
    'Keywords',
    'keyword',
    'keywords ',
    'key\u0000words',
    '__proto__',
    'constructor',
    'toString',
    'field',
    '',
  ),
  text,
);

/** A JSON string in one of its many spellings. */
const spelled = (content: fc.Arbitrary<string>) =>
  fc.tuple(content, fc.boolean()).map(([value, isEscaped]) => {
    const plain = JSON.stringify(value);
    return isEscaped
      ? plain.replace(/[a-z]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`)
      : plain;
  });

const value = fc.oneof(
  { weight: 3, arbitrary: spelled(text) },
  fc.json({ maxDepth: 3 }),
  fc.constantFrom('null', 'true', '1e999', '-0', '07302590', 'NaN', '[]', '{}', '""'),
);

const objects = fc
  .array(fc.tuple(spelled(key), value), { maxLength: 3 })
  .map((entries) => `{${entries.map(([name, content]) => `${name}:${content}`).join(',')}}`);

/** Bytes with a few of them changed, taken out, put in or doubled. */
const damaged = (whole: fc.Arbitrary<Buffer>) =>
  fc
    .tuple(whole, fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.nat(255)), { minLength: 1, maxLength: 3 }))
    .map(([bytes, damages]) =>
      damages.reduce((left, [place, kind, byte]) => {
        const at = place % (left.length + 1);
        const before = left.subarray(0, at);
        if (kind === 0) return Buffer.concat([before, left.subarray(at + 1)]);
        if (kind === 1) return Buffer.concat([before, Buffer.of(byte), left.subarray(at + 1)]);
        if (kind === 2) return Buffer.concat([before, Buffer.of(byte), left.subarray(at)]);
        return Buffer.concat([before, left.subarray(at, at + 8), left.subarray(at)]);
      }, bytes),
    );

const asBytes = (content: fc.Arbitrary<string>) => content.map((written) => Buffer.from(written));

/** Bodies of every sort, from random bytes to almost right ones. */
export const body: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 4, arbitrary: asBytes(objects) },
  { weight: 4, arbitrary: damaged(asBytes(objects)) },
  asBytes(fc.json({ maxDepth: 4 })),
  fc.uint8Array({ maxLength: 120 }).map((bytes) => Buffer.from(bytes)),
  asBytes(
    fc
      .tuple(fc.constantFrom('[', '{"a":', '"', ' '), fc.nat(5_000))
      .map(([piece, times]) => piece.repeat(times)),
  ),
);

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const headerText = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
});

/** Headers of which at least one is not what the app sends. */
export const headers = fc.record({
  'content-type': optional(
    fc.oneof(
      fc.constantFrom('application/json', 'application/json; charset=utf-8', 'application/json;charset=GBK'),
      fc.constantFrom(
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=a',
        'application/jsonp',
      ),
      headerText,
    ),
  ),
  'x-requested-with': optional(
    fc.oneof(fc.constantFrom('wecard-lookup', 'XMLHttpRequest', 'wecard-lookup, wecard-lookup'), headerText),
  ),
  origin: optional(
    fc.oneof(
      fc.constantFrom(
        'null',
        'https://evil.example',
        'http://localhost:3000',
        'http://localhost:3000.evil.example',
      ),
      headerText,
    ),
  ),
  'sec-fetch-site': optional(
    fc.oneof(fc.constantFrom('cross-site', 'same-site', 'none', 'same-origin'), headerText),
  ),
  'content-encoding': optional(fc.constantFrom('gzip', 'identity', 'br', '')),
  host: optional(
    fc.oneof(
      fc.constantFrom(
        'localhost',
        '127.0.0.1:80',
        'evil.example',
        'localhost:99999999',
        'a b',
        '[::1]',
        '\t',
      ),
      headerText,
    ),
  ),
});

const segment = fc.oneof(
  fc.constantFrom(
    'api',
    'members',
    'search',
    'photos',
    'auth',
    'healthz',
    'readyz',
    '..',
    '.',
    '%2e%2e',
    '%2f',
    '%5c',
    '%00',
    '%ff',
    '%zz',
    '__proto__',
  ),
  fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019-_.~!$&()*+,;=:@%')), maxLength: 40 }),
  fc
    .base64String({ maxLength: 400 })
    .map((sealed) => sealed.replaceAll('/', '_').replaceAll('+', '-').replaceAll('=', '')),
);

export const path = fc
  .array(segment, { minLength: 1, maxLength: 5 })
  .map((segments) => `/${segments.join('/')}`);

export const method = fc.constantFrom(
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE' as never,
);

/** As Node reads header bytes: Latin-1, without what its parser refuses. */
const headerBytes = (maxLength: number) =>
  fc.string({
    unit: fc
      .integer({ min: 0x20, max: 0xff })
      .filter((code) => code !== 0x7f)
      .map((code) => String.fromCharCode(code)),
    maxLength,
  });

const cookieName = fc.oneof(
  fc.constantFrom(
    'sign-in-abcdefgh',
    'sign-in-é',
    'sign-in-',
    'sign-in-a=b',
    '__Host-sign-in-x',
    '__Secure-sign-in-é',
  ),
  fc.constantFrom(
    'wecard-lookup',
    'wecard-lookup-3000',
    '__Host-wecard-lookup',
    '__proto__',
    '',
    ' ',
    '=',
    '"',
  ),
  headerBytes(20).map((name) => `sign-in-${name}`),
  headerBytes(20),
);

/** A `Cookie` header: the relay's own names among others', some several times, as other apps of a host may set them. */
export const cookies = fc
  .array(fc.tuple(cookieName, fc.oneof(headerBytes(40), fc.constant('eyJhbGciOiJkaXIifQ..a.b.c'))), {
    maxLength: 12,
  })
  .map((pairs) => pairs.map(([name, content]) => `${name}=${content}`).join('; '));

const wellFormed = (content: string) => Buffer.from(content).toString();

const parameter = fc.oneof(
  fc.constantFrom('state', 'wxcode', 'return', 'state[]', '__proto__', 'constructor', ''),
  text.map((name) => encodeURIComponent(wellFormed(name))),
);

/** What stands behind a path, well formed or not. */
export const query = fc
  .array(
    fc.tuple(
      parameter,
      fc.oneof(
        text.map((content) => encodeURIComponent(wellFormed(content))),
        fc.constantFrom(
          '%',
          '%ff',
          '%00',
          '//evil.example',
          '%2f%2fevil.example',
          'a'.repeat(43),
          'a'.repeat(5_000),
        ),
      ),
    ),
    { maxLength: 6 },
  )
  .map((pairs) => `?${pairs.map(([name, content]) => `${name}=${content}`).join('&')}`);

/** Headers that a browser or a proxy sends with anything. */
export const visitorHeaders = fc.dictionary(
  fc.constantFrom(
    'accept',
    'accept-encoding',
    'accept-language',
    'if-none-match',
    'user-agent',
    'referer',
    'range',
  ),
  headerBytes(60),
);

const said = (usual: string) =>
  fc.oneof(headerBytes(60), fc.constantFrom(usual, '', ' ', ',', '::1%eth0', '10.0.0.1, x'));

/** Who a gateway says is looking, and what proxies say of the request: what is usual, and bytes of any sort. */
export const gatewayHeaders = fc.record(
  {
    'x-remote-user': fc.oneof(fc.constant('zhang.wei'), said('zhang.wei')),
    'x-remote-groups': fc.oneof({ weight: 2, arbitrary: fc.constant('staff, library') }, said('staff')),
    'x-forwarded-for': said('192.0.2.1'),
    'x-forwarded-host': said('campus.example'),
    'x-forwarded-proto': said('https'),
    forwarded: said('for=192.0.2.1'),
    x_remote_user: fc.option(said('zhang.wei'), { freq: 8, nil: undefined }),
  },
  { requiredKeys: [] },
);

export const publicPath = fc.constantFrom(
  '/',
  '/auth/login',
  '/auth/callback',
  '/api/session',
  '/kiosk/enrol',
  '/members/x',
);

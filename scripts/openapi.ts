/**
 * Writes `docs/openapi.json`, the relay's HTTP interface, from the schemas by which it reads and answers:
 * `npx tsx scripts/openapi.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { REQUESTED_WITH } from '#contract/wire.ts';
import { readConfig } from '#server/config/config.ts';
import type { DeclaredRoute } from '#server/http/access.ts';
import * as SCHEMAS from '#server/http/schemas.ts';
import { createLogger } from '#server/logger.ts';
import { createRelay } from '#server/relay.ts';

const FILE = new URL('../docs/openapi.json', import.meta.url);

/** What each route is for. Those of pages have no schema and are left out. */
const SUMMARIES: Readonly<Record<string, string>> = {
  'POST /api/members/search': 'Who has this name or card number; or one member again by reference',
  'POST /api/members/reveal': 'One masked value in full, where policy allows it; logged',
  'POST /api/members/verify': 'Whether a value ends in these four characters',
  'GET /api/photos/*':
    'A member’s photo, by a link from a search: sealed for this viewer, and good for minutes',
  'POST /api/photos/renew': 'Links of photos made anew, for a page that is still open',
  'GET /api/school/logo': 'The school’s logo',
  'GET /api/session': 'Who is looking',
  'POST /auth/logout': 'Ends the session',
  'POST /api/kiosk/enrol': 'Makes this device a kiosk, by an operator’s one-time code',
  'POST /api/demo/viewer': 'In the demonstration: looks as another kind of viewer',
  'GET /healthz': 'Whether the process lives',
  'GET /readyz': 'Whether it wants requests: not during shutdown, nor while the audit log cannot be written',
};

type Json = Record<string, unknown>;

/** Named in the document, so that each is there once. */
const NAMED = new Map<unknown, string>([
  ...Object.entries(SCHEMAS).flatMap(([name, schema]) =>
    name.endsWith('Schema') ? [[schema, name.replace('Schema', '')] as const] : [],
  ),
  [SCHEMAS.FAILURE_ANSWERS['4xx'], 'FailureAnswer'],
]);

/** The document (OpenAPI 3.1) of these routes. @throws where one is new and has no summary. */
export function openApi(routes: readonly DeclaredRoute[]): Json {
  const paths: Record<string, Json> = {};
  for (const { methods, url, access, schema } of routes) {
    const method = methods.find((name) => name !== 'HEAD');
    if (method === undefined || schema?.response === undefined) continue;
    const summary = SUMMARIES[`${method} ${url}`];
    if (summary === undefined) throw new Error(`${method} ${url} has no summary in scripts/openapi.ts`);
    const path = url.replace('*', '{link}');
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: {
        summary,
        ...(access === 'public' ? {} : { security: [{ session: [] }] }),
        ...parametersOf(method, path),
        ...(schema.body === undefined
          ? {}
          : { requestBody: { required: true, content: content(schema.body) } }),
        responses: responsesOf(schema.response as Json),
      },
    };
  }
  const { version, description } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ) as Record<'version' | 'description', string>;
  return {
    openapi: '3.1.0',
    info: {
      title: 'The relay of wecard-lookup',
      version,
      summary: description,
      description:
        'What a backend of your own has to know of this is in docs/backend.md: one route, POST /api/members/search, without `ref` and the relay’s other additions.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'PUBLIC_URL, with its path' }],
    paths: Object.fromEntries(Object.entries(paths).sort(([one], [other]) => (one < other ? -1 : 1))),
    components: {
      schemas: Object.fromEntries([...NAMED].map(([schema, name]) => [name, plain(schema)])),
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-wecard-lookup',
          description: 'The relay’s sealed session; with SIGN_IN=header, the gateway’s own instead.',
        },
      },
    },
  };
}

function parametersOf(method: string, path: string): Json {
  const { name, value } = REQUESTED_WITH;
  const header = { name, in: 'header', required: true, schema: { const: value } };
  const link = { name: 'link', in: 'path', required: true, schema: { type: 'string' } };
  const parameters = [...(method === 'POST' ? [header] : []), ...(path.includes('{link}') ? [link] : [])];
  return parameters.length === 0 ? {} : { parameters };
}

function responsesOf(response: Json): Json {
  const described = Object.entries(response).map(([status, schema]): [string, Json] => [
    status.toUpperCase(),
    { description: DESCRIPTIONS[status] ?? 'Done', content: content(schema) },
  ]);
  const isPicture = response['200'] === undefined;
  return {
    ...(isPicture ? { '200': { description: 'The picture', content: { 'image/*': {} } } } : {}),
    ...Object.fromEntries(described),
  };
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  '200': 'Done',
  '4xx': 'Refused: the table of docs/backend.md',
  '5xx': 'Failed: the table of docs/backend.md',
};

function content(schema: unknown): Json {
  const name = NAMED.get(schema);
  const shown = name === undefined ? plain(schema) : { $ref: `#/components/schemas/${name}` };
  return { 'application/json': { schema: shown } };
}

/** Without what TypeBox keeps for itself. */
function plain(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema)) as unknown;
}

async function liveRoutes(): Promise<DeclaredRoute[]> {
  const result = readConfig({}, { readText: () => '{}', isWritable: () => true });
  if (!result.ok) throw new Error('The relay has no settings that it can start with.');
  const relay = await createRelay({
    config: result.config,
    wecard: { baseUrl: new URL('http://127.0.0.1:9'), appKey: '', appSecret: '', ocode: '' },
    client: undefined,
    auditLog: { writable: true, record: () => Promise.resolve(), close: () => Promise.resolve() },
    clock: Date.now,
    logger: createLogger('silent', { write: () => undefined }),
  });
  const routes = [...relay.app.declaredRoutes];
  await relay.close();
  return routes;
}

if (import.meta.filename === process.argv[1]) {
  const prettier = await import('prettier');
  const text = JSON.stringify(openApi(await liveRoutes()));
  writeFileSync(FILE, await prettier.format(text, { parser: 'json', printWidth: 110 }));
}

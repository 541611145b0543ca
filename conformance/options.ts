import { parseArgs } from 'node:util';
import { POINTS } from './points/index.ts';
import type { TestMembers } from './point.ts';

export interface Options {
  readonly endpoint: URL;
  readonly tokenEndpoint: URL | undefined;
  readonly emulator: URL | undefined;
  readonly origin: string | undefined;
  readonly isRelay: boolean;
  readonly isJson: boolean;
  readonly credentials: Readonly<Record<string, string>>;
  readonly members: TestMembers;
  /** The points to check; empty for all. */
  readonly only: readonly string[];
}

export const USAGE = `npm run conformance -- URL [options]

Checks a backend against the contract (docs/backend.md), point by point. URL is where it answers
searches. It looks up test members alone, and prints nothing that an answer says of anybody.

  --hit NAME             a name that one test member has (沈青禾, of the demonstration)
  --many NAME            a name that several have (张伟)
  --nobody NAME          what nobody is called
  --header "NAME: VALUE" sent with each request, to be signed in; may be given several times
  --origin ORIGIN        where the app is served, if not beside the backend
  --token-endpoint URL   where the app fetches its token, if the backend does not add it
  --emulator URL         the emulator behind the backend, which is then made to fail
  --relay                asks for what the bundled relay adds, too
  --only ID              this point alone; may be given several times
  --json                 one JSON object in place of lines
`;

/** Something in the command line that is none of what it may be, in words for whoever wrote it. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const [url, ...rest] = positionals;
  if (url === undefined || rest.length > 0)
    throw new UsageError('Name one URL: where the backend answers searches.');
  const only = values.only ?? [];
  const unknown = only.find((id) => !POINTS.some((point) => point.id === id));
  if (unknown !== undefined)
    throw new UsageError(
      `There is no point "${unknown}". There are: ${POINTS.map(({ id }) => id).join(', ')}`,
    );
  return {
    endpoint: readUrl('URL', url),
    tokenEndpoint: optionalUrl('--token-endpoint', values['token-endpoint']),
    emulator: optionalUrl('--emulator', values.emulator),
    origin: optionalUrl('--origin', values.origin)?.origin,
    isRelay: values.relay === true,
    isJson: values.json === true,
    credentials: Object.fromEntries((values.header ?? []).map(readHeader)),
    members: {
      hit: values.hit ?? '沈青禾',
      many: values.many ?? '张伟',
      nobody: values.nobody ?? '没有这样一个人',
    },
    only,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const several = { type: 'string', multiple: true } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        hit: text,
        many: text,
        nobody: text,
        header: several,
        origin: text,
        'token-endpoint': text,
        emulator: text,
        relay: flag,
        only: several,
        json: flag,
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readUrl(name: string, value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new UsageError(`${name} must be an address with http:// or https://, not "${value}".`);
}

function optionalUrl(name: string, value: string | undefined): URL | undefined {
  return value === undefined ? undefined : readUrl(name, value);
}

function readHeader(value: string): [string, string] {
  const [, name, text] = /^([!#$%&'*+.^_`|~\w-]+):\s*(\S.*)$/.exec(value) ?? [];
  if (name === undefined || text === undefined)
    throw new UsageError('--header must be "Name: value", such as "Cookie: session=…".');
  return [name.toLowerCase(), text];
}

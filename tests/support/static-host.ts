import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

export interface StaticHostOptions {
  /** Where the app lives: "/" or "/lookup/". */
  readonly base: string;
  /** The app's settings, as a person would write them into `index.html`. */
  readonly config: object;
  /** Answers `{base}gateway/…`: the raw reply of the platform. */
  readonly answer: (path: string, body: string) => Promise<string>;
  /** Sent with every answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Takes a built file as it is about to be sent, as after a newer build. */
  readonly rebuild?: (path: string, content: string) => string;
}

/** A web server as simple as they come: the app's static files, and a campus gateway that always answers 200. */
export async function startStaticHost({ base, config, answer, headers, rebuild }: StaticHostOptions) {
  const page = readFileSync('dist/client/index.html', 'utf8')
    .replace('<base href="/"', `<base href="${base}"`)
    .replace(/(id="app-config">)[^<]*/, `$1${JSON.stringify(config)}`);
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path.startsWith(`${base}gateway/`)) {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        void answer(request.url ?? '', body).then((reply) =>
          response.setHeader('Content-Type', 'application/json').end(reply),
        );
      });
      return;
    }
    response.setHeader('Content-Type', TYPES[extname(path)] ?? 'text/html');
    const file = path.slice(base.length);
    const content = readStatic(file) ?? page;
    response.end(rebuild === undefined ? content : rebuild(file, content.toString()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}${base}`, stop: () => server.close() };
}

/** The built file, or undefined: then the app's page answers, as for every route of it. */
function readStatic(path: string): Buffer | undefined {
  if (extname(path) === '' || path === 'index.html') return undefined;
  try {
    return readFileSync(join('dist/client', normalize(`/${path}`)));
  } catch {
    return undefined;
  }
}

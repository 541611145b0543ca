import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { WECARD_CODE } from '#contract/errors.ts';
import { controls } from '../controls.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import { ENDPOINTS } from '../endpoints/index.ts';
import type { Fault } from '../platform/faults.ts';
import { homePage } from '../pages/home.ts';
import { endpointAt } from '../platform/paths.ts';
import type { Platform } from '../platform/platform.ts';
import { Refusal } from '../platform/refusal.ts';
import { failure, html, json, redirect } from '../platform/answer.ts';
import type { Answer } from '../platform/answer.ts';
import { preflight, readable } from './cors.ts';
import { pack } from './pack.ts';
import { parseObject, readText } from './read-body.ts';
import { send } from './send.ts';

/** Of a body's names, in the log. */
const MOST_FIELDS = 10;

const GATEWAY_PAGE =
  '<!DOCTYPE html><html><head><title>Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

/**
 * Answers every request of one emulator.
 *
 * @param signal ends delays and drips when the emulator closes.
 */
export function createListener(platform: Platform, signal: AbortSignal) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    respond(platform, request, response, signal).catch((error: unknown) => {
      // A caller that left, or the emulator closing: nobody is there to answer.
      response.destroy(error instanceof Error ? error : undefined);
    });
  };
}

async function respond(
  platform: Platform,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://emulator.invalid');
  const control = controls(platform, request.method ?? 'GET', url.pathname);
  if (control !== undefined) {
    const text = await readText(request);
    return send(response, control(request.headers['content-type'] ?? '', text), undefined, signal);
  }
  const name = endpointAt(url.pathname);
  if (name === undefined) return send(response, elsewhere(platform, url.pathname), undefined, signal);
  const asked = preflight(platform.settings, request.method);
  if (asked !== undefined) return send(response, asked, undefined, signal);
  platform.stats.countCall(name);
  const started = performance.now();
  const { delayMs, fault } = platform.takeFaults(name);
  const text = await readText(request);
  const log = (answer?: Answer): void => {
    // A page of results would leave nothing else in it.
    if (name === 'photos') return;
    platform.log.add({
      at: Date.now(),
      method: request.method ?? '',
      endpoint: name,
      fields: Object.keys(parseObject(text) ?? {}).slice(0, MOST_FIELDS),
      status: answer?.status,
      errcode: answer === undefined ? undefined : errcodeOf(answer),
      fault: fault?.kind,
      ms: performance.now() - started,
    });
  };
  if (delayMs > 0) await sleep(delayMs, undefined, { signal });
  if (fault?.kind === 'reset' || fault?.kind === 'hang') {
    log();
    return fault.kind === 'reset' ? void request.socket.resetAndDestroy() : undefined;
  }
  const answer = instead(platform, fault) ?? (await handle(platform, ENDPOINTS[name], request, url, text));
  log(answer);
  return send(response, readable(platform.settings, pack(platform.settings, answer)), fault, signal);
}

function elsewhere(platform: Platform, path: string): Answer {
  return path === '/' ? html(homePage(platform)) : html('<h1>404 Not Found</h1>', 404);
}

/** Undefined for what has none. It stands first, so that nobody parses 2,000 members for it. */
function errcodeOf({ body }: Answer): number | undefined {
  const [, code] = /^\{"errcode":"?(-?\d+)/.exec(body.slice(0, 32).toString()) ?? [];
  return code === undefined ? undefined : Number(code);
}

/** The answer of a fault that keeps the endpoint from being asked at all. */
function instead({ settings }: Platform, fault: Fault | undefined): Answer | undefined {
  switch (fault?.kind) {
    case 'errcode':
      return failure(settings, fault.errcode);
    case 'status':
      return html(GATEWAY_PAGE, fault.status);
    case 'limited': {
      const page = html(GATEWAY_PAGE, 429);
      return { ...page, headers: { ...page.headers, 'retry-after': String(fault.retryAfter) } };
    }
    case 'html':
      return html(GATEWAY_PAGE);
    case 'json':
      return json(settings, fault.body);
    case 'redirect':
      return redirect(fault.location);
    default:
      return undefined;
  }
}

async function handle(
  platform: Platform,
  endpoint: Endpoint,
  request: IncomingMessage,
  url: URL,
  text: string | undefined,
): Promise<Answer> {
  const { settings } = platform;
  if (!endpoint.methods.some((method) => method === request.method)) {
    return { ...failure(settings, WECARD_CODE.PARAMETER_WRONG, 'method not allowed'), status: 405 };
  }
  try {
    const body = endpoint.methods.includes('GET') ? {} : parseObject(text);
    if (body === undefined) throw new Refusal(WECARD_CODE.PARAMETER_WRONG, 'body');
    return await endpoint.handle({ platform, query: url.searchParams, body, path: url.pathname });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return failure(settings, error.code, error.message);
  }
}

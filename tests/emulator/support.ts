import { afterEach } from 'vitest';
import { APPLICATIONS, OCODE } from '#emulator/applications.ts';
import type { Application } from '#emulator/applications.ts';
import { startEmulator } from '#emulator/start.ts';
import type { Emulator, EmulatorOptions } from '#emulator/start.ts';

const running: Emulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
});

/** An emulator on a free port that is closed after the test. A small campus unless told otherwise. */
export async function emulatorFor(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator({ members: 200, ...options });
  running.push(emulator);
  return emulator;
}

export interface Reply {
  status: number;
  /** The body as it came. */
  text: string;
  json: Record<string, unknown>;
}

export async function post(emulator: Emulator, path: string, body: unknown): Promise<Reply> {
  const response = await fetch(emulator.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'manual',
  });
  return readReply(response);
}

export async function readReply(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  return { status: response.status, text, json: isJson ? (JSON.parse(text) as Reply['json']) : {} };
}

export function tokenRequest(application: Application, fields: Record<string, unknown> = {}) {
  const { appKey, appSecret } = application;
  const grant = { grant_type: 'client_credentials', scope: 'base', ocode: OCODE };
  return { app_key: appKey, app_secret: appSecret, ...grant, ...fields };
}

export async function fetchToken(
  emulator: Emulator,
  application: Application = APPLICATIONS.demo,
): Promise<string> {
  const { json } = await post(emulator, '/cgi-bin/oauth2/token', tokenRequest(application));
  return String(json.access_token);
}

/** One call with a token of its own, which is what most tests want to see. */
export async function call(
  emulator: Emulator,
  path: string,
  body: unknown,
  application: Application = APPLICATIONS.demo,
): Promise<Reply> {
  const token = await fetchToken(emulator, application);
  return post(emulator, `/cgi-bin/${path}?access_token=${token}`, body);
}

export async function search(
  emulator: Emulator,
  keywords: string,
  application: Application = APPLICATIONS.demo,
): Promise<Record<string, unknown>[]> {
  const { json } = await call(emulator, 'user/search', { keywords }, application);
  return json.userlist as Record<string, unknown>[];
}

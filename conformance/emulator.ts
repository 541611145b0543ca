import { request } from 'undici';
import { isRecord } from '#contract/json.ts';

/** The emulator behind the backend: how to break it, and what was asked of it. Rejects where it cannot be reached. */
export interface EmulatorControl {
  /** Replaces all settings by the defaults and these: see emulator/README.md. */
  set(settings: object): Promise<void>;
  /** How often each call was made so far. */
  calls(): Promise<Readonly<Record<'search' | 'token', number>>>;
  /** The settings as they were before the first `set`. */
  restore(): Promise<void>;
}

const DEADLINE_MS = 10_000;

/** @throws when there is no emulator. */
export async function connectEmulator(base: URL): Promise<EmulatorControl> {
  const found = await control(base, 'settings', 'GET');

  async function set(settings: object): Promise<void> {
    await control(base, 'settings', 'POST', { reset: true, ...settings });
  }

  return {
    set,
    async calls() {
      const stats = await control(base, 'stats', 'GET');
      const calls = isRecord(stats.calls) ? stats.calls : {};
      return { search: Number(calls.search), token: Number(calls.token) };
    },
    restore: () => set(found),
  };
}

async function control(
  base: URL,
  name: string,
  method: 'GET' | 'POST',
  body?: object,
): Promise<Record<string, unknown>> {
  const answer = await request(new URL(`/_emulator/${name}`, base), {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const reply: unknown = await answer.body.json();
  if (answer.statusCode !== 200 || !isRecord(reply)) throw new Error(`HTTP ${answer.statusCode}`);
  return reply;
}

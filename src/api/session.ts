import type { AppConfig } from '#contract/app-config.ts';
import { parseSessionAnswer } from '#contract/session.ts';
import type { SessionAnswer, ViewerKind } from '#contract/session.ts';
import { LookupFailure } from './failure.ts';
import type { RelayCall } from './relay-call.ts';

/** Who is looking, as the relay knows it. Each rejects with a `LookupFailure`. */
export interface SessionApi {
  current(signal: AbortSignal): Promise<SessionAnswer>;
  signOut(): Promise<void>;
  /** In the demonstration: looks as another kind of viewer. */
  become(kind: ViewerKind): Promise<SessionAnswer>;
}

export function createSessionApi(call: RelayCall): SessionApi {
  return {
    current: async (signal) => readSession(await call('api/session', { signal })),
    async signOut() {
      await call('auth/logout', { body: {} });
    },
    become: async (kind) => readSession(await call('api/demo/viewer', { body: { kind } })),
  };
}

/**
 * Where signing in begins: at the relay, relative to the app's base, or where the settings say. Either comes back
 * to `returnPath`. Empty for nowhere, or where the settings name an address that is neither https nor the app's own.
 *
 * @param baseUrl the app's own address.
 */
export function createSignInAddress(config: AppConfig, baseUrl: string): (returnPath: string) => string {
  if (config.relay) return (returnPath) => `auth/login?return=${encodeURIComponent(returnPath)}`;
  return (returnPath) => {
    const back = encodeURIComponent(new URL(returnPath, baseUrl).href);
    const address = config.signInUrl === '' ? undefined : readAddress(config.signInUrl, baseUrl);
    const isAllowed = address?.protocol === 'https:' || address?.origin === new URL(baseUrl).origin;
    // Written as it stands: parsing has escaped the braces.
    return address === undefined || !isAllowed
      ? ''
      : address.href.replace(/\{return\}|%7Breturn%7D/i, () => back);
  };
}

/** Undefined for what is no address. */
function readAddress(text: string, baseUrl: string): URL | undefined {
  try {
    return new URL(text, baseUrl);
  } catch {
    return undefined;
  }
}

function readSession(answer: unknown): SessionAnswer {
  const session = parseSessionAnswer(answer);
  if (session === undefined) throw new LookupFailure('upstream');
  return session;
}

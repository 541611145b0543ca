import { parseSessionAnswer } from '#contract/session.ts';
import type { SessionAnswer, ViewerKind } from '#contract/session.ts';
import { LookupFailure } from './failure.ts';
import type { RelayCall } from './relay-call.ts';

/** Who is looking, as the relay knows it. Each rejects with a `LookupFailure`. */
export interface SessionApi {
  current(): Promise<SessionAnswer>;
  signOut(): Promise<void>;
  /** In the demonstration: looks as another kind of viewer. */
  become(kind: ViewerKind): Promise<SessionAnswer>;
}

export function createSessionApi(ask: RelayCall): SessionApi {
  async function askSession(path: string, body?: object): Promise<SessionAnswer> {
    const session = parseSessionAnswer(await ask(path, body));
    if (session === undefined) throw new LookupFailure('upstream');
    return session;
  }

  return {
    current: () => askSession('api/session'),
    async signOut() {
      await ask('auth/logout', {});
    },
    become: (kind) => askSession('api/demo/viewer', { kind }),
  };
}

import { parseSessionAnswer } from '#contract/session.ts';
import type { SessionAnswer, ViewerKind } from '#contract/session.ts';
import { withDeadline } from './deadline.ts';
import { LookupFailure } from './failure.ts';

const DEADLINE_MS = 10_000;

/** Who is looking, as the relay knows it. Each rejects with a `LookupFailure`. */
export interface SessionApi {
  current(): Promise<SessionAnswer>;
  signOut(): Promise<void>;
  /** In the demonstration: looks as another kind of viewer. */
  become(kind: ViewerKind): Promise<SessionAnswer>;
}

interface SessionApiOptions {
  /** The app's own address. */
  baseUrl: string;
  now: () => number;
}

/** axios comes with the first use, as for a search. */
export function createSessionApi({ baseUrl, now }: SessionApiOptions): SessionApi {
  async function ask(path: string, body?: object): Promise<unknown> {
    return withDeadline(DEADLINE_MS, new AbortController().signal, async (signal) => {
      const { createHttp, failureOf } = await import('./transport.ts').catch(() => {
        throw new LookupFailure('offline');
      });
      const http = createHttp(now);
      const url = new URL(path, baseUrl).href;
      const answer = await (body === undefined ? http.get(url, signal) : http.post(url, body, signal));
      if (answer.status >= 400) throw failureOf(answer);
      return answer.body;
    });
  }

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

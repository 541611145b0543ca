import { setTimeout as sleep } from 'node:timers/promises';
import type { SearchAnswer } from '#contract/wire.ts';
import type { Answer } from '../deploy/nginx.ts';
import { HEADERS } from '../support/relay.ts';
import { ORIGIN } from './fleet.ts';
import type { Fleet } from './fleet.ts';
import type { Action, Asked } from './history.ts';
import { leaksIn } from './leaks.ts';
import type { ChaosKind } from './policy.ts';

export interface Viewer {
  readonly cardNumber: string;
  readonly kind: ChaosKind;
}

/** What an answer of the members' routes holds. */
export type Body = Partial<SearchAnswer> & { readonly match?: boolean; readonly value?: string };

export interface Told {
  readonly status: number;
  readonly body: Body;
}

/** One person's browser, which writes down all that it asks. */
export interface Browser {
  /** @returns false when it did not come to a session. */
  signIn(viewer: Viewer): Promise<boolean>;
  /** @param about the card number that it is about. */
  lookup(
    action: 'search' | 'open' | 'reveal' | 'verify' | 'signed-out',
    about: string,
    body: object,
  ): Promise<Told>;
  signOut(): Promise<Told>;
  /** The same cookies, sent another way. */
  at(send: Send): Browser;
}

type Send = (
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string },
) => Promise<Answer>;

export interface BrowserParts {
  readonly fleet: Pick<Fleet, 'platform'>;
  /** The way in: the balancer, or one of the relays. */
  readonly send: Send;
  readonly write: (asked: Asked) => void;
}

const ROUTES = {
  search: 'search',
  'signed-out': 'search',
  open: 'search',
  reveal: 'reveal',
  verify: 'verify',
};
/** Somebody whose sign-in failed does not try again at once. */
const AFTER_FAILURE_MS = 2_000;

let sessions = 0;

export function openBrowser(parts: BrowserParts): Browser {
  return browse(parts, { viewer: { cardNumber: '', kind: 'student' }, session: 0, cookie: '' });
}

function browse(parts: BrowserParts, signedIn: { viewer: Viewer; session: number; cookie: string }): Browser {
  const { fleet, send, write } = parts;
  const { campus } = fleet.platform;
  let { viewer, session, cookie } = signedIn;

  async function ask(
    action: Action,
    about: string,
    request: () => Promise<Answer>,
    rightStatus = 200,
  ): Promise<Told> {
    const from = Date.now();
    const base = { action, viewer: viewer.cardNumber, kind: viewer.kind, session, about };
    try {
      const answer = await request();
      const body =
        answer.status === rightStatus && rightStatus === 200 ? (JSON.parse(answer.body) as Body) : {};
      write({
        ...base,
        from,
        until: Date.now(),
        status: answer.status,
        requestId: String(answer.headers['x-request-id'] ?? ''),
        people: body.userlist?.length ?? (body.match === undefined && body.value === undefined ? 0 : 1),
        leaks: answer.status === 200 ? leaksIn(base.kind, about, answer.body, campus) : [],
      });
      return { status: answer.status, body };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      write({ ...base, from, until: Date.now(), status: 0, requestId: '', people: 0, leaks: [], why });
      return { status: 0, body: {} };
    }
  }

  function post(path: string, body: object): Promise<Answer> {
    const headers = { ...HEADERS, origin: ORIGIN, cookie };
    return send(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  return {
    async signIn(next) {
      viewer = next;
      session = sessions += 1;
      const { status } = await ask(
        'sign-in',
        next.cardNumber,
        async () => {
          const away = await send('/auth/login', {});
          if (away.status !== 303 && away.status !== 302) return away;
          const authorize = new URL(away.headers.location ?? '');
          authorize.searchParams.set('card_number', next.cardNumber);
          const back = await fetch(authorize, { redirect: 'manual' });
          const { pathname, search } = new URL(back.headers.get('location') ?? '');
          const answer = await send(pathname + search, { headers: { cookie: cookiesOf(away) } });
          cookie = cookiesOf(answer);
          return answer;
        },
        303,
      );
      if (status !== 303) await sleep(AFTER_FAILURE_MS);
      return status === 303;
    },
    lookup: (action, about, body) => ask(action, about, () => post(`/api/members/${ROUTES[action]}`, body)),
    signOut: () => ask('sign-out', viewer.cardNumber, () => post('/auth/logout', {})),
    at: (way) => browse({ ...parts, send: way }, { viewer, session, cookie }),
  };
}

function cookiesOf({ headers }: Answer): string {
  const pairs = (headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '');
  return pairs.filter((pair) => !pair.endsWith('=')).join('; ');
}

import { isRecord } from '#contract/json.ts';
import { failureOf } from './answer.ts';
import type { Http } from './http.ts';

/** The platform's default: two hours. */
const DEFAULT_LIFE_S = 7200;
/** Renewed this much before its end, so that no search meets it dying. */
const MARGIN_S = 60;

/** The access token of a campus whose own service hands it out. It lives in memory only. */
export interface TokenSource {
  current(signal: AbortSignal): Promise<string>;
  /** Forgets `token`, unless a newer one has taken its place. */
  drop(token: string): void;
}

export function createTokenSource(http: Http, url: string, now: () => number): TokenSource {
  let held: { token: string; until: number } | undefined;
  return {
    async current(signal) {
      if (held !== undefined && now() < held.until) return held.token;
      const answer = await http.get(url, signal);
      const body = isRecord(answer.body) ? answer.body : {};
      const token = body.access_token;
      if (answer.status >= 400 || typeof token !== 'string' || token === '') throw failureOf(answer);
      const life = Number(body.expires_in) || DEFAULT_LIFE_S;
      held = { token, until: now() + Math.max(0, life - MARGIN_S) * 1000 };
      return token;
    },
    drop(token) {
      if (held?.token === token) held = undefined;
    },
  };
}

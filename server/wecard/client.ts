import { isRecord } from '#contract/json.ts';
import { readText } from '#contract/member.ts';
import type { Member } from '#contract/member.ts';
import { parseSearchReply, readCode } from '#contract/reply.ts';
import type { Clock } from '#server/clock.ts';
import { Failure } from '#server/failure.ts';
import type { Logger } from '#server/logger.ts';
import { createAuthorizedCalls } from './calls.ts';
import { createCoolDown } from './cool-down.ts';
import { createTokenSource, fetchAlone } from './token.ts';
import type { ShareFetch } from './token.ts';
import { fetchToken } from './token-fetch.ts';
import type { Credentials } from './token-fetch.ts';
import { createTransport } from './transport.ts';
import type { Transport } from './transport.ts';
import { countUnread } from './unread-values.ts';

export interface WecardSettings extends Credentials {
  baseUrl: URL;
}

export interface School {
  name: string;
  /** An absolute URL, or empty. */
  logo: string;
}

/** The platform's calls, as this product needs them. Each rejects with a `Failure`. */
export interface WecardClient {
  /** Matched exactly against the name or the card number; nobody found is an empty list. `endsAt` as of a call. */
  search(keyword: string, endsAt?: number): Promise<Member[]>;
  /** Organisation id → name, for those of the ids that the platform knows. */
  organizations(ids: readonly number[]): Promise<Map<number, string>>;
  school(): Promise<School>;
  /** Has a token ready, fetched where none is. */
  token(): Promise<unknown>;
  close(): Promise<void>;
}

export interface WecardClientParts {
  settings: WecardSettings;
  clock: Clock;
  logger: Logger;
  /** To the platform that the settings name; closed with the client. */
  transport?: Transport;
  shareFetch?: ShareFetch;
  /** Told of each token that was fetched: its life in seconds. */
  onToken?: (life: number) => void;
}

export function createWecardClient(parts: WecardClientParts): WecardClient {
  const { settings, clock, logger, transport = createTransport(settings.baseUrl), onToken } = parts;
  const { shareFetch = fetchAlone } = parts;
  const coolDown = createCoolDown(clock);
  const rejections = createCoolDown(clock);
  const mayFetch = () => {
    coolDown.check();
    rejections.check();
  };
  const tokens = createTokenSource({
    fetch: shareFetch(async () => {
      const token = await fetchToken(transport, settings);
      logger.info({ expires_in: token.expiresIn }, 'token fetched');
      onToken?.(token.expiresIn);
      return token;
    }, mayFetch),
    clock,
    onRenewalFailed: (error) => logger.warn({ err: error }, 'token not renewed'),
  });
  const calls = createAuthorizedCalls({ transport, tokens, coolDown, rejections, clock });

  return {
    token: () => tokens.current(),

    async search(keyword, endsAt) {
      const body = await calls.post('cgi-bin/user/search', { keywords: keyword }, endsAt);
      const parsed = parseSearchReply(body);
      if (!parsed.ok) throw new Failure('upstream', { reason: 'not a search reply' });
      const { members } = parsed.reply;
      const fields = countUnread(members);
      if (Object.keys(fields).length > 0) logger.warn({ fields }, 'values that cannot be read');
      return members;
    },

    async organizations(ids) {
      const body = await calls.post('cgi-bin/org/get-org-by-ids', { org_ids: ids });
      const names = new Map<number, string>();
      for (const entry of recordsIn(body.organization)) {
        const id = readCode(entry.id);
        const name = readText(entry.name);
        if (id !== undefined && name !== undefined) names.set(id, name);
      }
      return names;
    },

    async school() {
      const body = await calls.post('cgi-bin/campus/school-info', {});
      // The badge is the emblem alone; the logo repeats the name that stands beside it.
      const logo = [body.badge, body.manage_logo].find(isText);
      return {
        name: readText(body.name) ?? '',
        logo: logo === undefined ? '' : absoluteUrl(logo, settings.baseUrl),
      };
    },

    close: () => transport.close(),
  };
}

function recordsIn(raw: unknown): Record<string, unknown>[] {
  return Array.isArray(raw) ? raw.filter(isRecord) : [];
}

function isText(raw: unknown): raw is string {
  return typeof raw === 'string' && raw.trim() !== '';
}

/** The platform writes URLs in full, without the scheme or as a bare path. Empty when it is none of these. */
function absoluteUrl(raw: string, base: URL): string {
  const url = URL.canParse(raw, base.href) ? new URL(raw, base) : undefined;
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : '';
}

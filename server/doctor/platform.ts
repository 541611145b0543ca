import { CLOCK_SKEW_MS } from '#server/clock.ts';
import type { Clock } from '#server/clock.ts';
import { Failure } from '#server/failure.ts';
import { createLogger } from '#server/logger.ts';
import { createWecardClient } from '#server/wecard/client.ts';
import type { WecardClient, WecardSettings } from '#server/wecard/client.ts';
import { createTransport } from '#server/wecard/transport.ts';
import { troubleOf } from '#server/wecard/trouble.ts';
import type { Finding } from './finding.ts';

/** Nobody's name: finding nobody is a good answer. */
const NOBODY = 'wecard-lookup doctor';
/** Validity ends, and sessions are judged, by this machine's clock. Two that are no further off agree well enough. */
const MAX_SKEW_MS = CLOCK_SKEW_MS / 2;

export interface PlatformCheck {
  readonly findings: readonly Finding[];
  /** Undefined where it does not answer. */
  readonly client: WecardClient | undefined;
  close(): Promise<void>;
}

/** Asks the platform for a token and for nobody, as the relay would ask. */
export async function checkPlatform(settings: WecardSettings, clock: Clock): Promise<PlatformCheck> {
  const transport = createTransport(settings.baseUrl);
  let skewMs = NaN;
  const client = createWecardClient({
    settings,
    clock,
    logger: createLogger('silent'),
    transport: {
      close: () => transport.close(),
      async post(call) {
        const answer = await transport.post(call);
        skewMs = clock() - answer.date;
        return answer;
      },
    },
  });
  const trouble = await troubleIn(async () => {
    await client.token();
    await client.search(NOBODY);
  });
  const answers: Finding = {
    area: 'platform',
    level: 'ok',
    name: 'platform',
    what: `${settings.baseUrl.host} gives this application a token, and answers a search.`,
  };
  return {
    findings: [trouble ?? answers, ...clockFindings(skewMs)],
    client: trouble === undefined ? client : undefined,
    close: () => client.close(),
  };
}

/** What keeps the platform from doing this. */
export async function troubleIn(work: () => Promise<unknown>): Promise<Finding | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { name, what, fix } = troubleOf(error);
    const reason = error.reason === undefined ? [] : [`reason: ${error.reason}`];
    return { area: 'platform', level: 'problem', name, what: sentence(what), fix, lines: reason };
  }
}

function clockFindings(skewMs: number): Finding[] {
  if (Number.isNaN(skewMs)) return [];
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  const base = { area: 'platform', name: 'clock' } as const;
  if (Math.abs(skewMs) <= MAX_SKEW_MS) {
    return [{ ...base, level: 'ok', what: 'This machine’s clock agrees with the platform’s.' }];
  }
  return [
    {
      ...base,
      level: 'problem',
      what: `This machine’s clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} the platform’s.`,
      fix: 'Have it set by NTP: cards would be shown as expired, or as valid, at the wrong time.',
    },
  ];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

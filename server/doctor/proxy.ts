import { randomBytes } from 'node:crypto';
import { request } from 'undici';
import { isRecord } from '#contract/json.ts';
import { REQUESTED_WITH } from '#contract/wire.ts';
import type { Clock } from '#server/clock.ts';
import type { Config } from '#server/config/config.ts';
import { identityHeadersOf } from '#server/config/sign-in.ts';
import { createJweCodec } from '#server/crypto/jwe.ts';
import { DOCTOR } from '#server/routes/doctor.ts';
import type { ArrivedRequest, DoctorProof } from '#server/routes/doctor.ts';
import { arrivalFindings } from './arrival.ts';
import type { Finding } from './finding.ts';

const DEADLINE_MS = 5_000;
/** TEST-NET-1 (RFC 5737): nobody's address. */
const INVENTED_CLIENT = '192.0.2.1';

type Reply = { status: number; body: unknown } | { error: string };

/** Asks the running relay, by the address that browsers use, how the request arrived. */
export async function checkProxy(config: Config, clock: Clock): Promise<Finding[]> {
  if (config.signOutsFile === undefined) {
    const what =
      'How requests arrive was not looked at: without SESSION_KEYS a relay cannot tell its operator.';
    return [{ area: 'proxy', level: 'ok', name: 'not-asked', what }];
  }
  const direct = await get(new URL('healthz', directUrl(config)), {});
  if (!('status' in direct) || direct.status !== 200) return [problem('relay-not-running')];

  const forged = randomBytes(16).toString('base64url');
  const proof: DoctorProof = { until: clock() + DOCTOR.lifetimeMs, forged };
  const { origin } = config.publicUrl;
  const sent = {
    [DOCTOR.proof]: await createJweCodec(config.sessionKeys, 'doctor').encrypt(proof),
    origin,
    [REQUESTED_WITH.name.toLowerCase()]: REQUESTED_WITH.value,
    'sec-fetch-site': 'same-origin',
    'x-forwarded-for': INVENTED_CLIENT,
    ...Object.fromEntries(identityHeadersOf(config.signIn).map((name) => [name, forged])),
  };
  const reply = await get(new URL(DOCTOR.path, config.publicUrl), sent);
  if ('error' in reply) return [unreachable(reply.error)];
  if (!isArrived(reply)) {
    const isMissing =
      reply.status === 404 && isRecord(reply.body) && typeof reply.body.request_id === 'string';
    return [problem(isMissing ? 'other-relay' : 'gateway-answers', [`HTTP ${reply.status}`])];
  }
  const { publicUrl, signIn } = config;
  return arrivalFindings({ arrived: reply.body, sent, publicUrl, signIn, inventedClient: INVENTED_CLIENT });
}

function isArrived(
  reply: Exclude<Reply, { error: string }>,
): reply is { status: number; body: ArrivedRequest } {
  return reply.status === 200 && isRecord(reply.body) && isRecord(reply.body.peer);
}

const PROBLEMS = {
  'relay-not-running': {
    what: 'No relay answers at HOST and PORT, so how requests arrive there cannot be asked.',
    fix: 'Start it with these settings, and run the doctor again.',
  },
  'other-relay': {
    what: 'A relay answers at PUBLIC_URL, but not one with these settings.',
    fix: 'Run the doctor with the SESSION_KEYS and the version of the relay that runs, and see where the proxy leads.',
  },
  'gateway-answers': {
    what: 'Something else answers at PUBLIC_URL in place of the relay.',
    fix: 'See that the proxy passes everything to the relay. A gateway that signs people in belongs before auth/login alone: see docs/gateway.md.',
  },
  'public-name': {
    what: 'The host name of PUBLIC_URL is not found from here.',
    fix: 'Check its spelling and DNS.',
  },
  'public-tls': {
    what: 'The certificate at PUBLIC_URL is not accepted.',
    fix: 'Give the proxy a valid one, with the intermediate certificates.',
  },
  'public-unreachable': {
    what: 'Nobody answers at PUBLIC_URL.',
    fix: 'Start the proxy, and open its port; or correct PUBLIC_URL.',
  },
} as const;

function problem(name: keyof typeof PROBLEMS, lines: string[] = []): Finding {
  return { area: 'proxy', level: 'problem', name, ...PROBLEMS[name], lines };
}

function unreachable(code: string): Finding {
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code)) return problem('public-name');
  return problem(/CERT|^ERR_(TLS|SSL)|^EPROTO$/.test(code) ? 'public-tls' : 'public-unreachable', [code]);
}

function directUrl({ host, port }: Config): URL {
  const address = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return new URL(`http://${address.includes(':') ? `[${address}]` : address}:${port}/`);
}

async function get(url: URL, headers: Record<string, string>): Promise<Reply> {
  try {
    const { statusCode, body } = await request(url, { headers, signal: AbortSignal.timeout(DEADLINE_MS) });
    const text = await body.text();
    return { status: statusCode, body: parse(text) };
  } catch (error) {
    return { error: error instanceof Error && 'code' in error ? String(error.code) : 'no answer' };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A page: somebody else's answer.
    return undefined;
  }
}

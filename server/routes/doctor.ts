import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { CLOCK_SKEW_MS } from '#server/clock.ts';
import type { Clock } from '#server/clock.ts';
import { createJweCodec } from '#server/crypto/jwe.ts';
import type { Nonces } from '#server/shared/nonces.ts';
import { trustedPeers } from '#server/viewers/gateway-headers.ts';
import { networkOf } from '#server/viewers/request-context.ts';

/** What `npm run doctor` asks, and how it shows that it is the operator's: sealed with their SESSION_KEYS. */
export const DOCTOR = { path: 'api/doctor', proof: 'x-doctor', lifetimeMs: 60_000 } as const;

/** The doctor may run beside another relay, whose clock is ahead or behind. */
const REMEMBERED_SECONDS = (DOCTOR.lifetimeMs + 2 * CLOCK_SKEW_MS) / 1_000;

/** Headers whose values are told: the asker sent them itself, or a proxy added them to its request. */
export const TOLD_HEADERS = [
  'host',
  'origin',
  'x-requested-with',
  'sec-fetch-site',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'forwarded',
  'via',
] as const;

const ProofSchema = Type.Object({
  until: Type.Number(),
  /** What the doctor sent in the headers of an identity, as anybody might. */
  forged: Type.String({ minLength: 16 }),
});

export type DoctorProof = Static<typeof ProofSchema>;

/** A request as it came through whatever stands before the relay. */
export interface ArrivedRequest {
  readonly headers: Readonly<Partial<Record<(typeof TOLD_HEADERS)[number], string>>>;
  /** The socket's other end, and whether TRUSTED_PROXIES names it. */
  readonly peer: { readonly address: string; readonly isTrusted: boolean };
  /** Whom limits count it for. */
  readonly client: string;
  /** By name: whether a header of an identity came at all, and whether it is the one that was forged. */
  readonly identity: Readonly<Record<string, 'absent' | 'forged' | 'other'>>;
}

export interface DoctorRouteParts {
  readonly keys: readonly Uint8Array[];
  readonly trustedProxies: readonly string[];
  /** The headers in which a gateway names viewers and groups. */
  readonly identityHeaders: readonly string[];
  /** Proofs that were used. */
  readonly nonces: Nonces;
  readonly clock: Clock;
}

/**
 * Tells the operator's doctor how its own request arrived. Whoever does not hold the keys is told what they are told of
 * any address that does not exist, and there is nothing of anybody in the answer.
 */
export function doctorRoute(app: FastifyInstance, parts: DoctorRouteParts): void {
  const { trustedProxies, identityHeaders, nonces, clock } = parts;
  const codec = createJweCodec(parts.keys, 'doctor');
  const proofs = Compile(ProofSchema);
  const isTrusted = trustedPeers(trustedProxies);

  async function proofOf({ headers }: FastifyRequest): Promise<DoctorProof | undefined> {
    const sent = headers[DOCTOR.proof];
    const proof = typeof sent === 'string' ? (await codec.decrypt(sent))?.value : undefined;
    if (!proofs.Check(proof) || proof.until + CLOCK_SKEW_MS <= clock()) return undefined;
    return (await nonces.use(`doctor ${proof.forged}`, REMEMBERED_SECONDS)) ? proof : undefined;
  }

  app.get(`/${DOCTOR.path}`, { config: { access: 'public' } }, async (request, reply) => {
    const proof = await proofOf(request);
    if (proof === undefined) {
      reply.callNotFound();
      return reply;
    }
    const { headers, ip, raw } = request;
    const cameAs = (name: string) => {
      if (headers[name] === undefined) return 'absent';
      return headers[name] === proof.forged ? 'forged' : 'other';
    };
    const { remoteAddress: address = '' } = raw.socket;
    const arrived: ArrivedRequest = {
      headers: Object.fromEntries(
        TOLD_HEADERS.filter((name) => headers[name] !== undefined).map((name) => [
          name,
          String(headers[name]),
        ]),
      ),
      peer: { address, isTrusted: isTrusted(address) },
      client: networkOf(ip),
      identity: Object.fromEntries(identityHeaders.map((name) => [name, cameAs(name)])),
    };
    return arrived;
  });
}

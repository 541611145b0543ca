import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { VIEWER_KINDS } from '#contract/session.ts';
import type { JweCodec } from '#server/crypto/jwe.ts';
import type { Session } from './session.ts';

/** Cookies whose content is remembered. A page asks several times in a row. */
const CACHE_SIZE = 2_000;

const sessionContent = Compile(
  Type.Object({
    v: Type.Literal(1),
    id: Type.String({ minLength: 16 }),
    origin: Type.Enum(['wecard', 'gateway', 'kiosk', 'demo']),
    viewer: Type.Object({
      id: Type.String({ minLength: 1 }),
      kind: Type.Enum([...VIEWER_KINDS]),
      name: Type.Optional(Type.String()),
      groups: Type.Array(Type.String()),
      anonymous: Type.Optional(Type.Literal(true)),
    }),
    startedAt: Type.Number(),
    seenAt: Type.Number(),
  }),
);

/** What session cookies are encrypted for: makes a key of its own of each of `SESSION_KEYS`. */
export const SESSION_PURPOSE = 'session';

interface DecryptedSession {
  readonly session: Session;
  readonly keyId: string;
  readonly newestKey: boolean;
}

export interface SessionCodec {
  encrypt(session: Session): Promise<string>;
  decrypt(token: string): Promise<DecryptedSession | undefined>;
}

/**
 * Sessions in an encrypted cookie. The cache holds only what a cookie says, under the whole of its text:
 * whether the session is over or revoked is asked each time, and two viewers never share an entry.
 */
export function createSessionCodec(jwe: JweCodec): SessionCodec {
  const decrypted = new Map<string, DecryptedSession>();

  return {
    encrypt: (session) => jwe.encrypt({ v: 1, ...session }),

    async decrypt(token) {
      const known = decrypted.get(token);
      if (known !== undefined) return known;
      const result = await jwe.decrypt(token);
      if (result === undefined || !sessionContent.Check(result.value)) return undefined;
      const { id, origin, viewer, startedAt, seenAt } = result.value;
      const session = { id, origin, viewer, startedAt, seenAt };
      const entry = { session, keyId: result.keyId, newestKey: result.newestKey };
      if (decrypted.size >= CACHE_SIZE) decrypted.delete(decrypted.keys().next().value ?? '');
      decrypted.set(token, entry);
      return entry;
    },
  };
}

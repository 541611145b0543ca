import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Seal } from './seal.ts';
import type { Session } from './session.ts';
import { VIEWER_KINDS } from './viewer.ts';

/** Sealed cookies whose content is remembered. A page asks several times in a row. */
const CACHE_SIZE = 2_000;

const sealedSession = Compile(
  Type.Object({
    v: Type.Literal(1),
    id: Type.String({ minLength: 16 }),
    origin: Type.Enum(['wecard', 'kiosk', 'demo']),
    viewer: Type.Object({
      id: Type.String({ minLength: 1 }),
      kind: Type.Enum([...VIEWER_KINDS]),
      groups: Type.Array(Type.String()),
      anonymous: Type.Optional(Type.Literal(true)),
    }),
    startedAt: Type.Number(),
    seenAt: Type.Number(),
  }),
);

interface OpenedSession {
  readonly session: Session;
  readonly newestKey: boolean;
}

export interface SessionSeal {
  seal(session: Session): Promise<string>;
  open(sealed: string): Promise<OpenedSession | undefined>;
}

/**
 * Sessions in a sealed cookie. The cache holds only what a cookie says, under the whole of its text:
 * whether the session is over or revoked is asked each time, and two viewers never share an entry.
 */
export function createSessionSeal(seal: Seal): SessionSeal {
  const opened = new Map<string, OpenedSession>();

  return {
    seal: (session) => seal.seal({ v: 1, ...session }),

    async open(sealed) {
      const known = opened.get(sealed);
      if (known !== undefined) return known;
      const result = await seal.open(sealed);
      if (result === undefined || !sealedSession.Check(result.value)) return undefined;
      const { id, origin, viewer, startedAt, seenAt } = result.value;
      const session = { id, origin, viewer, startedAt, seenAt };
      const entry = { session, newestKey: result.newestKey };
      if (opened.size >= CACHE_SIZE) opened.delete(opened.keys().next().value ?? '');
      opened.set(sealed, entry);
      return entry;
    },
  };
}

import { Type } from 'typebox';
import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Clock } from '#server/clock.ts';
import { hashCode, makeCode, matchesCode, randomText } from './code.ts';
import { fileDocument } from '#server/shared/document.ts';
import type { SharedDocument } from '#server/shared/document.ts';

export const CODE_LIFETIME_MS = 10 * 60_000;
/** Wrong entries count against every open code: whoever guesses does not say which one is meant. */
export const CODE_TRIES = 5;
const KIOSK_ID_LENGTH = 8;

const RegistrySchema = Type.Object({
  /** How often it was changed. */
  revision: Type.Optional(Type.Integer()),
  codes: Type.Array(
    Type.Object({
      name: Type.String(),
      salt: Type.String(),
      hash: Type.String(),
      /** Milliseconds since the epoch. */
      expiresAt: Type.Number(),
      triesLeft: Type.Integer(),
    }),
  ),
  kiosks: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      enrolledAt: Type.String(),
      revokedAt: Type.Optional(Type.String()),
      revocationRecordedAt: Type.Optional(Type.String()),
      seenAt: Type.Optional(Type.String()),
      keyId: Type.Optional(Type.String()),
      version: Type.Optional(Type.String()),
    }),
  ),
});

type Content = Static<typeof RegistrySchema>;

const content = Compile(RegistrySchema);

/** What a kiosk's requests show of it. */
export interface Seen {
  /** ISO 8601, UTC. */
  readonly seenAt: string;
  /** Names the key of `SESSION_KEYS` that its cookie is encrypted with: without that key it is no kiosk. */
  readonly keyId?: string;
  /** Of the page that it loaded last. */
  readonly version?: string;
}

/** A device that an operator enrolled; seen by a relay, once it was. */
export interface Kiosk extends Partial<Seen> {
  /** `kiosk-` and eight letters or digits. */
  readonly id: string;
  /** Where it stands, in the operator's words. */
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly enrolledAt: string;
  readonly revokedAt?: string;
  /** When a relay had written the revocation into its audit log. */
  readonly revocationRecordedAt?: string;
}

/** The kiosks of a deployment. */
export interface KioskRegistry {
  /** @returns a code with which one device can be enrolled, within ten minutes and five tries. */
  makeCode(name: string): Promise<string>;
  /**
   * @param record called before the kiosk is one: when it rejects, nothing was done.
   * @returns undefined when no open code is this one.
   */
  enrol(typed: string, record?: (kiosk: Kiosk) => Promise<void>): Promise<Kiosk | undefined>;
  /** Revoked ones too, in the order of their enrolment. */
  list(): Promise<readonly Kiosk[]>;
  /** @returns false when there is no such kiosk, or it was revoked before. */
  revoke(id: string): Promise<boolean>;
  /** Kiosks that were revoked since `markRecorded` was last called. */
  unrecordedRevocations(): Promise<readonly Kiosk[]>;
  /** The revocations of these kiosks stand in the audit log. */
  markRecorded(ids: readonly string[]): Promise<void>;
  /**
   * Written for kiosks that are on the list and were not seen later. A version counts all the same: it is told once, and
   * another relay may have seen the kiosk since, or have a clock that is ahead.
   */
  markSeen(seen: ReadonlyMap<string, Seen>): Promise<void>;
  /** Asks for the list's version each time: what the command line revokes is revoked for the next request. */
  isEnrolled(id: string): Promise<boolean>;
}

/** As {@link createKioskRegistry}, of a file. */
export function openKioskRegistry(path: string, clock: Clock): KioskRegistry {
  return createKioskRegistry(fileDocument(path), path, clock);
}

/** Of a registry's text; 0 for one that was written before they were counted. */
export function revisionOf(text: string): number {
  return parse(text, 'The list').revision ?? 0;
}

/**
 * @param path what the document is called where it cannot be read.
 * @throws Error from each call when it holds something else: nobody is a kiosk then.
 */
export function createKioskRegistry(document: SharedDocument, path: string, clock: Clock): KioskRegistry {
  let known: { version: string; enrolled: ReadonlySet<string>; unrecorded: readonly Kiosk[] } | undefined;

  async function current() {
    if (known?.version === (await document.version())) return known;
    const { text, version } = await document.read();
    const { kiosks } = parse(text, path);
    const enrolled = kiosks.filter(({ revokedAt }) => revokedAt === undefined);
    known = {
      version,
      enrolled: new Set(enrolled.map(({ id }) => id)),
      unrecorded: kiosks.filter((kiosk) => kiosk.revokedAt !== undefined && !kiosk.revocationRecordedAt),
    };
    return known;
  }

  function update<T>(change: (current: Content) => Promise<{ next: Content; result: T }>): Promise<T> {
    return document.update(async (text) => {
      const current = parse(text, path);
      const { next, result } = await change(current);
      const revision = (current.revision ?? 0) + 1;
      return { text: `${JSON.stringify({ ...next, revision }, null, 2)}\n`, result };
    });
  }

  function updateKiosks(change: (kiosk: Kiosk) => Partial<Kiosk>): Promise<void> {
    return update((content) => {
      const kiosks = content.kiosks.map((kiosk) => ({ ...kiosk, ...change(kiosk) }));
      return Promise.resolve({ next: { ...content, kiosks }, result: undefined });
    });
  }

  return {
    async makeCode(name) {
      const code = makeCode();
      const entry = {
        name,
        ...(await hashCode(code)),
        expiresAt: clock() + CODE_LIFETIME_MS,
        triesLeft: CODE_TRIES,
      };
      await update((current) => {
        const codes = [...openCodes(current, clock()), entry];
        return Promise.resolve({ next: { ...current, codes }, result: undefined });
      });
      return code;
    },

    enrol: (typed, record) =>
      update(async (current) => {
        const codes = openCodes(current, clock());
        for (const code of codes) {
          if (!(await matchesCode(typed, code))) continue;
          const kiosk = newKiosk(code.name, clock());
          await record?.(kiosk);
          const left = codes.filter((other) => other !== code);
          return { next: { codes: left, kiosks: [...current.kiosks, kiosk] }, result: kiosk };
        }
        const left = codes.map((code) => ({ ...code, triesLeft: code.triesLeft - 1 }));
        return {
          next: { ...current, codes: left.filter(({ triesLeft }) => triesLeft > 0) },
          result: undefined,
        };
      }),

    list: async () => parse((await document.read()).text, path).kiosks,

    revoke: (id) =>
      update((current) => {
        const found = current.kiosks.find((kiosk) => kiosk.id === id && kiosk.revokedAt === undefined);
        const revokedAt = new Date(clock()).toISOString();
        const kiosks = current.kiosks.map((kiosk) => (kiosk === found ? { ...kiosk, revokedAt } : kiosk));
        return Promise.resolve({ next: { ...current, kiosks }, result: found !== undefined });
      }),

    isEnrolled: async (id) => (await current()).enrolled.has(id),

    unrecordedRevocations: async () => (await current()).unrecorded,

    async markRecorded(ids) {
      const revocationRecordedAt = new Date(clock()).toISOString();
      await updateKiosks(({ id }) => (ids.includes(id) ? { revocationRecordedAt } : {}));
    },

    async markSeen(seen) {
      await updateKiosks(({ id, seenAt = '' }) => {
        const sighting = seen.get(id);
        if (sighting === undefined || sighting.seenAt >= seenAt) return sighting ?? {};
        return sighting.version === undefined ? {} : { version: sighting.version };
      });
    },
  };
}

function parse(text: string | undefined, path: string): Content {
  if (text === undefined) return { codes: [], kiosks: [] };
  const value: unknown = JSON.parse(text);
  if (!content.Check(value)) throw new Error(`${path} is not a list of kiosks`);
  return value;
}

function openCodes({ codes }: Content, now: number): Content['codes'] {
  return codes.filter(({ expiresAt }) => expiresAt > now);
}

function newKiosk(name: string, now: number): Kiosk {
  const id = `kiosk-${randomText(KIOSK_ID_LENGTH).toLowerCase()}`;
  return { id, name, enrolledAt: new Date(now).toISOString() };
}

import { jweKeyId } from '#server/crypto/jwe.ts';
import { SESSION_PURPOSE } from '#server/viewers/session-codec.ts';
import type { Kiosk } from './registry.ts';

/** What a kiosk is, now. `signed-out`: it was enrolled with a key that the relay no longer has. */
type Standing = 'active' | 'revoked' | 'signed-out';

const SIGNED_OUT = `
The key of SESSION_KEYS that some kiosks were enrolled with is gone. Put it back behind the newer ones, or enrol them again.
`;

/** @param sessionKeys of the relay; undefined where it makes one by itself, and which one is not known here. */
export function kioskList(
  kiosks: readonly Kiosk[],
  sessionKeys: readonly Buffer[] | undefined,
  json: boolean,
): string {
  const keyIds = sessionKeys && new Set(sessionKeys.map((key) => jweKeyId(key, SESSION_PURPOSE)));
  const all = kiosks.map((kiosk) => ({ ...kiosk, standing: standingOf(kiosk, keyIds) }));
  if (json) return `${JSON.stringify(all.map(forPrograms), undefined, 2)}\n`;
  if (all.length === 0) return 'No kiosk was ever enrolled. See: npm run kiosk -- enrol\n';
  const isSignedOut = all.some(({ standing }) => standing === 'signed-out');
  return `${all.map(lineOf).join('\n')}\n${isSignedOut ? SIGNED_OUT : ''}`;
}

interface ListedKiosk extends Kiosk {
  readonly standing: Standing;
}

function standingOf({ revokedAt, keyId }: Kiosk, keyIds: ReadonlySet<string> | undefined): Standing {
  if (revokedAt !== undefined) return 'revoked';
  return keyId !== undefined && keyIds?.has(keyId) === false ? 'signed-out' : 'active';
}

function lineOf({ id, name, standing, enrolledAt, seenAt, version, revokedAt }: ListedKiosk): string {
  const seen = seenAt === undefined ? 'never seen' : `seen ${seenAt}`;
  const words = { active: 'active', revoked: `revoked ${revokedAt}`, 'signed-out': 'to be enrolled again' };
  return [id, `enrolled ${enrolledAt}`, seen, version, words[standing], name].filter(Boolean).join('  ');
}

function forPrograms({ id, name, standing, enrolledAt, seenAt, version, revokedAt }: ListedKiosk) {
  return { id, name, standing, enrolledAt, seenAt, version, revokedAt };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '#server/logger.ts';
import { connect } from './connection.ts';
import { fileDocument } from './document.ts';
import type { SharedDocument } from './document.ts';
import { createNames } from './names.ts';
import { redisDocument } from './redis-document.ts';
import { redisTroubleOf } from './trouble.ts';

/** Nobody's lookup waits for a command line: it has more patience than a relay. */
const PATIENCE_MS = 5_000;

export interface OpenKioskListParts {
  readonly redisUrl: string;
  /** The copy of the relay beside which the command runs. */
  readonly kiosksFile: string;
  readonly wecard: { readonly appSecret: string; readonly ocode: string };
  readonly kiosksRevision: (text: string) => number;
}

/** The list of kiosks that all relays share. */
export interface KioskList {
  readonly document: SharedDocument;
  close(): Promise<void>;
}

/**
 * For a command line, which is no relay and knows nothing by itself: what Redis does not answer is an error.
 *
 * @throws Error in an operator's words.
 */
export async function openKioskList(parts: OpenKioskListParts): Promise<KioskList> {
  const { redisUrl: url, kiosksFile, wecard, kiosksRevision } = parts;
  const names = createNames(wecard);
  const logger = createLogger('silent');
  let trouble: unknown;
  let giveUp = (): void => undefined;
  const away = new Promise<void>((resolve) => (giveUp = resolve));
  const redis = connect({
    url,
    names,
    logger,
    commandTimeoutMs: PATIENCE_MS,
    isRelay: false,
    onAway(error) {
      trouble = error;
      giveUp();
    },
  });
  const copy = fileDocument(kiosksFile);
  const shared = redisDocument(redis, names, {
    name: 'kiosks',
    copy,
    revisionOf: kiosksRevision,
    logger,
  });

  function checkThere(): void {
    if (redis.isUp) return;
    const { what, fix } = redisTroubleOf(trouble, url);
    throw new Error(`The list of kiosks is shared in Redis, and ${what}. ${fix}`);
  }

  try {
    await Promise.race([redis.firstUp, away, sleep(PATIENCE_MS, undefined, { ref: false })]);
    checkThere();
  } catch (error) {
    await redis.close();
    throw error;
  }
  return {
    document: {
      ...shared,
      async read() {
        const reading = await shared.read();
        checkThere();
        return reading;
      },
    },
    close: () => redis.close(),
  };
}

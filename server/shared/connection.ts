import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { createClient } from 'redis';
import { Failure } from '#server/failure.ts';
import type { Logger } from '#server/logger.ts';
import type { Names } from './names.ts';

/** What is worth waiting for may take so many times as long. */
const PATIENCE = 10;
const BEAT_MS = 500;
/** Without a word for so long, the connection is given up for a new one. */
const SOCKET_TIMEOUT_MS = 2_000;
const LONGEST_RECONNECT_MS = 250;
/** A relay that was not heard of for so long counts no more. */
const RELAY_GONE_MS = 10_000;
/** While nobody could be asked how many relays there are. */
const FEWEST_RELAYS = 2;

/** Counts the relays, says whether Redis is the one that it was, and shows that it can be written. */
const BEAT = `
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[1] ~= '' then redis.call('zadd', KEYS[1], now, ARGV[1]) end
redis.call('zremrangebyscore', KEYS[1], '-inf', now - ARGV[2])
redis.call('set', KEYS[2], ARGV[3], 'NX')
return {redis.call('zcard', KEYS[1]), redis.call('get', KEYS[2])}`;

export type RedisClient = ReturnType<typeof newClient>;

/** Redis or Valkey, as long as it is there. */
export interface Connection {
  /** For commands within `run` and `onReturn`. */
  readonly client: RedisClient;
  /** Resolves when it is up for the first time. */
  readonly firstUp: Promise<void>;
  readonly isUp: boolean;
  /** How many relays share it, this one included, as it was last told. */
  readonly relays: number;
  /** Asks it, and does without as soon as it does not answer in time. */
  run<T>(command: () => Promise<T>, without: () => T | Promise<T>): Promise<T>;
  /** As `run`, for what is worth a longer wait, ten times as long: it is tried while there is a connection at all. */
  runPatiently<T>(command: () => Promise<T>, without: () => T | Promise<T>): Promise<T>;
  /** Called every half second while it is up. */
  onBeat(task: () => Promise<void>): void;
  /**
   * Called before it is asked again after it was away.
   *
   * @param task is told whether everything that was in it is gone.
   */
  onReturn(task: (isEmpty: boolean) => Promise<void>): void;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly names: Names;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** How long a command may take. One that takes longer shows that Redis is away: the others wait no more. */
  readonly commandTimeoutMs: number;
  /** Told each time that it goes, and when it is not there from the start. */
  readonly onAway?: ((error: unknown) => void) | undefined;
  /** False for a command line, which is not counted. */
  readonly isRelay?: boolean;
}

/**
 * A circuit breaker around one connection: closed while Redis answers, open from the first command that it does not
 * answer on, and closed again by a beat of its own, so that nobody's request has to try.
 */
export function connect(options: ConnectionOptions): Connection {
  const { names, logger, commandTimeoutMs, isRelay = true } = options;
  const id = isRelay ? randomUUID() : '';
  const keys = [names.of('relays'), names.of('epoch')];
  const client = newClient(options.url);
  const beatTasks: (() => Promise<void>)[] = [];
  const returnTasks: ((isEmpty: boolean) => Promise<void>)[] = [];
  let announce = (): void => undefined;
  const firstUp = new Promise<void>((resolve) => (announce = resolve));
  let isUp = false;
  let isTold = false;
  let isClosed = false;
  let relays = FEWEST_RELAYS;
  let epoch: string | undefined;
  let beating: Promise<void> | undefined;

  function lose(error: unknown): void {
    isUp = false;
    if (isTold || isClosed) return;
    isTold = true;
    logger.warn({ err: error }, 'shared state is away: this relay goes on by itself');
    options.onAway?.(error);
  }

  async function beat(): Promise<void> {
    const command = client.eval(BEAT, { keys, arguments: [id, String(RELAY_GONE_MS), randomUUID()] });
    try {
      const [count, current] = (await within(commandTimeoutMs, command)) as [number, string];
      relays = isUp ? count : Math.max(count, relays);
      if (!isUp || epoch !== current) await comeBack(epoch !== current);
      epoch = current;
      for (const task of beatTasks) await task();
    } catch (error) {
      lose(error);
      // Nothing more is sent before this one came back or the connection ended.
      await command.catch(() => undefined);
    }
  }

  async function comeBack(isEmpty: boolean): Promise<void> {
    for (const task of returnTasks) await task(isEmpty);
    isUp = true;
    announce();
    if (isTold) logger.info('shared state is back');
    isTold = false;
  }

  function beatOnce(): void {
    if (!client.isReady) return;
    beating ??= beat().finally(() => {
      beating = undefined;
    });
  }

  client.on('error', lose);
  client.on('ready', beatOnce);
  const timer = setInterval(beatOnce, BEAT_MS).unref();
  client.connect().catch(lose);

  return {
    client,
    firstUp,
    get isUp() {
      return isUp;
    },
    get relays() {
      return Math.max(relays, 1);
    },
    async run(command, without) {
      if (!isUp) return without();
      try {
        return await within(commandTimeoutMs, command());
      } catch (error) {
        lose(error);
        return without();
      }
    },
    async runPatiently(command, without) {
      if (!client.isReady) return without();
      try {
        return await within(PATIENCE * commandTimeoutMs, command());
      } catch {
        // The connection ended, or there was no answer: the beat finds out, and tells.
        return without();
      }
    },
    onBeat: (task) => void beatTasks.push(task),
    onReturn: (task) => void returnTasks.push(task),
    async close() {
      isClosed = true;
      clearInterval(timer);
      const leave = client.isReady ? client.zRem(names.of('relays'), id) : undefined;
      await within(commandTimeoutMs, Promise.resolve(leave)).catch(() => undefined);
      client.destroy();
      await beating;
    },
  };
}

/** In place of a command: what all relays must know is not done by one of them alone. */
export function refuseAway(): never {
  throw new Failure('busy', {
    reason: 'shared-state-away',
    retryAfter: 5,
    words: 'This cannot be done right now. Try again in a moment.',
  });
}

function newClient(url: string) {
  return createClient({
    url,
    RESP: 2,
    // What cannot be asked now is decided without it, and not asked later.
    disableOfflineQueue: true,
    socket: {
      connectTimeout: SOCKET_TIMEOUT_MS,
      socketTimeout: SOCKET_TIMEOUT_MS,
      reconnectStrategy: (tries) => Math.min(25 * 2 ** tries, LONGEST_RECONNECT_MS),
    },
  });
}

/** An answer that came while this process was too busy to read it is in time. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      void setImmediate().then(() => reject(new Error(`no answer within ${ms} ms`)));
    }, ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

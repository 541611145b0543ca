/** What keeps Redis from doing what relays need of it, in an operator's words. */
export interface RedisTrouble {
  readonly name: keyof typeof TROUBLES;
  readonly what: string;
  readonly fix: string;
}

const TROUBLES = {
  'redis-name': {
    what: 'the host name of REDIS_URL is not found',
    fix: 'Check its spelling, and that this machine’s DNS resolves it.',
  },
  'redis-unreachable': {
    what: 'nobody answers at REDIS_URL',
    fix: 'Start Redis, check host and port, and see that it listens on that address and the firewall lets this machine in.',
  },
  'redis-tls': {
    what: 'the certificate at REDIS_URL is not accepted, or nobody speaks TLS there',
    fix: 'Write redis for a port without TLS; where the certificate is of a private authority, name that in NODE_EXTRA_CA_CERTS.',
  },
  'redis-silent': {
    what: 'something listens at REDIS_URL, and did not answer in time',
    fix: 'See whether Redis is overloaded or stopped, and whether that port wants TLS (rediss).',
  },
  'redis-password': {
    what: 'Redis does not accept the user and password of REDIS_URL',
    fix: 'Write them as Redis has them (requirepass, or the user’s ACL), percent-encoded: redis://user:password@host. Leave them away where it asks for none.',
  },
  'redis-permissions': {
    what: 'the user of REDIS_URL may not do what relays do',
    fix: 'Allow it the keys wecard-lookup:* and all commands but the dangerous ones: ACL SETUSER name ~wecard-lookup:* +@all -@dangerous +info',
  },
  'redis-database': {
    what: 'Redis has no database with the number that REDIS_URL ends with',
    fix: 'End it with /0: names there keep schools apart.',
  },
  'redis-read-only': {
    what: 'a replica answers at REDIS_URL, and takes no writes',
    fix: 'Name the primary.',
  },
  'redis-full': {
    what: 'Redis is full (maxmemory), and takes no writes',
    fix: 'Give it more memory, or a Redis of its own: relays of one school need a few megabytes.',
  },
  'redis-disk': {
    what: 'Redis takes no writes, because it cannot save to its disk',
    fix: 'Free its disk, or have it save nothing (save "", appendonly no): relays give back what it forgets.',
  },
  'redis-loading': {
    what: 'Redis has just started, and still reads its data',
    fix: 'Wait, and try again.',
  },
  'redis-refuses': {
    what: 'Redis refuses what relays ask of it',
    fix: 'Its own log and settings say why: a relay writes for a short time, by scripts.',
  },
  'not-redis': {
    what: 'something answers at REDIS_URL, but not as Redis does',
    fix: 'Check host and port, and whether it is a single Redis: a cluster or a sentinel is none.',
  },
} as const;

/** Node's and OpenSSL's codes, the client's errors by class, and the first word of what Redis refuses with. */
const BY_SIGN: readonly (readonly [RegExp, RedisTrouble['name']])[] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'redis-name'],
  [/CERT|^UNABLE_TO_VERIFY|^ERR_(TLS|SSL)|^EPROTO$/, 'redis-tls'],
  [/^(E(CONN|NET|HOST)\w+|ETIMEDOUT|EPIPE)$/, 'redis-unreachable'],
  [/^\w*TimeoutError$/, 'redis-silent'],
  // Within a script, older ones put it behind the script's name.
  [/^(WRONGPASS|NOAUTH)|^ERR AUTH/, 'redis-password'],
  [/(^|-)NOPERM/, 'redis-permissions'],
  [/DB index/, 'redis-database'],
  [/(^|-)(READONLY|MASTERDOWN)/, 'redis-read-only'],
  [/(^|-)OOM/, 'redis-full'],
  [/(^|-)MISCONF/, 'redis-disk'],
  [/(^|-)LOADING/, 'redis-loading'],
  [/^(Simple|Blob)Error$/, 'redis-refuses'],
];

/** @param url `REDIS_URL`. Nothing of it, and nothing that Redis says, stands in what is returned. */
export function redisTroubleOf(error: unknown, url: string): RedisTrouble {
  const name = nameOf(error);
  // A server without TLS waits for the rest of what it cannot read.
  const isDeaf = name === 'redis-silent' && new URL(url).protocol === 'rediss:';
  const known = isDeaf ? 'redis-tls' : name;
  return { name: known, ...TROUBLES[known] };
}

function nameOf(error: unknown): RedisTrouble['name'] {
  if (!(error instanceof Error)) return 'not-redis';
  const code = 'code' in error ? String(error.code) : '';
  const signs = [code, error.constructor.name, error.message];
  return BY_SIGN.find(([pattern]) => signs.some((sign) => pattern.test(sign)))?.[1] ?? 'not-redis';
}

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOM = 'server/shared';
/** What the page calls that which stands in Redis under each kind of name. */
const WORDS: Readonly<Record<string, string>> = {
  count: 'counts',
  epoch: 'random ids',
  'in-flight': 'lookups under way',
  kiosks: 'kiosks',
  'no-token': 'token',
  nonce: 'good once',
  relays: 'ids of relays',
  revoked: 'ended sessions',
  'revoked-recently': 'ended sessions',
  token: 'token',
  'token-lease': 'random ids',
  trace: 'sealed traces',
};

test('everything that goes to Redis stands on the page', () => {
  const source = readdirSync(ROOM)
    .map((name) => readFileSync(`${ROOM}/${name}`, 'utf8'))
    .join('\n');
  const named = [...source.matchAll(/names\.of\(\s*'([a-z-]+)'|redisDocument\([^']*'([a-z-]+)'/g)];
  const kinds = named.map(([, kind, document]) => kind ?? document ?? '');
  expect([...new Set(kinds)].sort()).toEqual(Object.keys(WORDS));
  const row = /^\| Redis, .*$/m.exec(readFileSync('docs/data-flow.md', 'utf8'))?.[0];
  for (const words of Object.values(WORDS)) expect(row).toContain(words);
});

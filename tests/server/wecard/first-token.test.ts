import { expect, test } from 'vitest';
import { Failure } from '#server/failure.ts';
import { createLogger } from '#server/logger.ts';
import { fetchFirstToken } from '#server/wecard/first-token.ts';
import { troubleOf } from '#server/wecard/trouble.ts';
import { emulatorFor, startRelay } from '../support/relay.ts';

interface Line {
  level: number;
  msg: string;
}

function linesOf(log: string): Line[] {
  const lines = log.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Line).filter(({ msg }) => /token/i.test(msg));
}

test('a start without a token is one line, and the relay keeps trying until there is one', async () => {
  const emulator = await emulatorFor();
  emulator.change({ faults: [{ endpoint: 'token', kind: 'errcode', errcode: 40001 }] });
  const { relay, log } = await startRelay({ platform: emulator.url });
  await relay.fetchFirstToken();
  const lines = linesOf(log());
  expect(lines.map(({ msg }) => msg)).toEqual([
    expect.stringMatching(
      /^No token: .*WECARD_APP_SECRET \(40001\)\. Copy both anew.*keeps trying/,
    ) as string,
    'token fetched',
    'the platform has given a token',
  ]);
  expect(emulator.stats.calls.token).toBe(2);
});

test('the same trouble is told once, another one again', async () => {
  const lines: string[] = [];
  const failures = [40001, 40001, 40006].map((errcode) => new Failure('upstream', { errcode }));
  await fetchFirstToken({
    fetch() {
      const failure = failures.shift();
      return failure === undefined ? Promise.resolve() : Promise.reject(failure);
    },
    logger: createLogger('error', { write: (line) => void lines.push(line) }),
    signal: new AbortController().signal,
    firstPauseMs: 1,
  });
  expect(lines.map((line) => /\((\d+)\)/.exec(line)?.[1])).toEqual(['40001', '40006']);
});

test('a relay that closes asks no more', async () => {
  const emulator = await emulatorFor();
  emulator.change({ faults: [{ endpoint: 'token', kind: 'errcode', errcode: 40006, times: 'always' }] });
  const { relay } = await startRelay({ platform: emulator.url });
  const trying = relay.fetchFirstToken();
  await expect.poll(() => emulator.stats.calls.token).toBe(1);
  await relay.close();
  await trying;
  expect(emulator.stats.calls.token).toBe(1);
});

test.each([
  ['ENOTFOUND', 'platform-name'],
  ['EAI_AGAIN', 'platform-name'],
  ['ECONNREFUSED', 'platform-unreachable'],
  ['EHOSTUNREACH', 'platform-unreachable'],
  ['UND_ERR_CONNECT_TIMEOUT', 'platform-unreachable'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'platform-tls'],
  ['CERT_HAS_EXPIRED', 'platform-tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'platform-tls'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'platform-tls'],
  ['not JSON', 'not-the-platform'],
  ['token: HTTP 404', 'not-the-platform'],
  ['token: missing', 'not-the-platform'],
  ['token: code 45009', 'platform-code'],
])('%s is told as %s', (reason, name) => {
  expect(troubleOf(new Failure('upstream', { reason })).name).toBe(name);
});

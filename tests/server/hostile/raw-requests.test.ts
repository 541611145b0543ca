import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RAW_REQUESTS, UNFINISHED } from './raw-requests.ts';
import type { RawAnswer } from './raw-socket.ts';
import { exchange } from './raw-socket.ts';
import { startRelay } from './start-relay.ts';
import type { RunningRelay } from './start-relay.ts';

let relay: RunningRelay;

beforeAll(async () => {
  relay = await startRelay();
});
afterAll(() => relay.close());

describe('bytes that no browser sends', () => {
  test.each(RAW_REQUESTS)('are refused: $name', async ({ send, expect: statuses }) => {
    const { answers, rest, closed } = await exchange(relay.port, send);
    expect(answers.map(({ status }) => status)).toEqual(statuses);
    expect(rest).toBe('');
    expect(closed).toBe(true);
    for (const answer of answers) if (answer.status >= 400) expectEnvelope(answer);
  });

  test.concurrent.each(UNFINISHED)('are not waited for: $name', async ({ send, expect: statuses }) => {
    const { answers, closed } = await exchange(relay.port, send);
    expect(answers.map(({ status }) => status)).toEqual(statuses);
    expect(closed).toBe(true);
  });

  test.each(UNFINISHED)('are not waited for when the client hangs up: $name', async ({ send }) => {
    const { answers, closed } = await exchange(relay.port, send, { halfClose: true });
    expect(closed).toBe(true);
    for (const { status } of answers) expect(status).toBeLessThan(500);
  });

  test('never reach the platform', () => {
    expect(relay.emulator.stats.calls.search).toBe(0);
  });
});

function expectEnvelope({ status, headers, body }: RawAnswer) {
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(JSON.parse(body)).toEqual({
    errcode: status,
    errmsg: expect.stringMatching(/^[A-Z][^<>{}]*\.$/) as string,
    request_id: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
  });
}

import { REQUESTED_WITH } from '#contract/wire.ts';
import type { SearchAnswer } from '#contract/wire.ts';
import type { Row } from '../report/row.ts';
import { takeCardNumbers } from './campus.ts';
import { SEARCH_PATH } from './load.ts';
import type { Bench } from './subjects.ts';
import type { Cookie, Viewers } from './viewers.ts';

/** Long enough that every request is there before the platform answers. */
const UPSTREAM_DELAY_MS = 1_000;
/** Fields that the policy sends to staff only. */
const FOR_STAFF = ['start_at', 'frozen_status'] as const;

/** Everybody asks for the same keyword while it is being asked. */
export async function benchSharing({ relay, emulatorUrl }: Bench, viewers: Viewers): Promise<Row> {
  const [keyword = ''] = takeCardNumbers(1);
  const ask = (cookie: Cookie) => search(relay.url, cookie, keyword);
  await control(emulatorUrl, 'POST', 'settings', {
    faults: [{ endpoint: 'search', times: 'always', delayMs: UPSTREAM_DELAY_MS }],
  });
  await control(emulatorUrl, 'DELETE', 'stats');
  const [staff, students] = await Promise.all([
    Promise.all(viewers.staff.map(ask)),
    Promise.all(viewers.students.map(ask)),
  ]);
  const stats = (await control(emulatorUrl, 'GET', 'stats')) as { calls: { search: number } };
  await control(emulatorUrl, 'DELETE', 'settings');

  const calls = stats.calls.search;
  const own =
    staff.every((answer) => FOR_STAFF.every((field) => holds(answer, field))) &&
    students.every((answer) => FOR_STAFF.every((field) => !holds(answer, field))) &&
    [...staff, ...students].every((answer) => holds(answer, 'name'));
  return {
    measure: `relay, same keyword in flight, ${staff.length + students.length} viewers of two kinds`,
    value: `${calls} upstream call${calls === 1 ? '' : 's'}`,
    goal: "1 upstream call, each viewer's policy applied",
    reached: calls === 1 && own,
    note: own ? 'each answer held what its viewer may see' : "an answer did not follow its viewer's policy",
  };
}

function holds({ userlist }: SearchAnswer, field: keyof SearchAnswer['userlist'][number]): boolean {
  return userlist.length === 1 && userlist[0]?.[field] !== undefined;
}

async function search(url: string, cookie: Cookie, keywords: string): Promise<SearchAnswer> {
  const answer = await fetch(url + SEARCH_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [REQUESTED_WITH.name]: REQUESTED_WITH.value, cookie },
    body: JSON.stringify({ keywords }),
  });
  if (!answer.ok) throw new Error(`the relay refused: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as SearchAnswer;
}

async function control(url: string, method: string, name: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${url}/_emulator/${name}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

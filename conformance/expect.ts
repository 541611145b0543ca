import { HTTP_STATUS } from '#contract/errors.ts';
import type { FailureKind } from '#contract/errors.ts';
import type { Member } from '#contract/member.ts';
import type { SearchReply } from '#contract/reply.ts';
import { outcomeOf } from './backend.ts';
import type { Answer } from './backend.ts';
import { Deviation } from './point.ts';
import type { Finding } from './point.ts';

/** The kinds of failure that a backend can be asked for; each has a status. */
type Kind = keyof typeof HTTP_STATUS;

/** @throws Deviation unless `holds`. */
export function expectThat(holds: boolean, finding: Finding): asserts holds {
  if (!holds) throw new Deviation(finding);
}

/** An answer in a few words that hold nothing of anybody. */
export function describe(answer: Answer): string {
  const { status, headers } = answer;
  const outcome = outcomeOf(answer);
  if (outcome.ok) return `HTTP ${status} with ${count(outcome.reply.members)}`;
  const told =
    outcome.errcode === undefined
      ? `no errcode (${headers['content-type'] ?? 'no Content-Type'})`
      : `errcode ${outcome.errcode}`;
  return `HTTP ${status} with ${told}, which the app reads as "${outcome.kind}"`;
}

export function count(members: readonly unknown[]): string {
  if (members.length === 0) return 'nobody';
  return members.length === 1 ? 'one member' : `${members.length} members`;
}

/** @throws Deviation where the answer is no search's. */
export function replyIn(answer: Answer, expected: string, cure: string): SearchReply {
  const outcome = outcomeOf(answer);
  if (!outcome.ok) throw new Deviation({ expected, came: describe(answer), cure });
  return outcome.reply;
}

/** Exactly one member, of that name. */
export function onlyMember(answer: Answer, name: string): Member {
  const expected = 'HTTP 200, errcode 0 and the one member of that name';
  const cure =
    'Pass the platform’s userlist on as it came. If the test member is another, name one with --hit.';
  const { members } = replyIn(answer, expected, cure);
  const [member, another] = members;
  const isOne = member !== undefined && another === undefined && member.name === name;
  if (!isOne) throw new Deviation({ expected, came: describe(answer), cure });
  return member;
}

/** @returns a remark where the app understands, and the status is not the table's. */
export function expectKind(answer: Answer, kinds: readonly Kind[], cure: string): string | undefined {
  const outcome = outcomeOf(answer);
  const statuses = [...new Set(kinds.map((kind) => HTTP_STATUS[kind]))];
  const isMeant = !outcome.ok && (kinds as readonly FailureKind[]).includes(outcome.kind);
  if (!isMeant) {
    throw new Deviation({
      expected: `HTTP ${statuses.join(' or ')}, which the app reads as "${kinds.join('" or "')}"`,
      came: describe(answer),
      cure,
    });
  }
  if (statuses.includes(answer.status)) return undefined;
  return `HTTP ${answer.status}; the app goes by the errcode, logs and monitors by HTTP ${statuses.join(' or ')}`;
}

/** A refusal of any kind that tells of nobody. */
export function expectRefused(answer: Answer, cure: string): string {
  const isRefused = answer.status >= 400 && answer.status < 500 && !outcomeOf(answer).ok;
  expectThat(isRefused, { expected: 'a refusal (HTTP 4xx)', came: describe(answer), cure });
  return `HTTP ${answer.status}`;
}

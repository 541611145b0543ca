import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CARD_FIELDS, FIELD_KEYS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import type { Member } from '#contract/member.ts';
import { auditKeysOf } from '#server/audit/keys.ts';
import { contentOf } from '#server/audit/record.ts';
import type { LookupRecord } from '#server/audit/audit-log.ts';
import { Failure } from '#server/failure.ts';
import { memoryCounters } from '#server/limits/counters.ts';
import { memoryEnumerationGuard } from '#server/limits/enumeration.ts';
import { memoryInFlight } from '#server/limits/in-flight.ts';
import { createLookupLimits } from '#server/limits/lookup-limits.ts';
import { createVerifyAttempts } from '#server/limits/verify-attempts.ts';
import { createLogger } from '#server/logger.ts';
import { createPresenter } from '#server/members/presenter.ts';
import { findRecord, recordKeysOf } from '#server/members/records.ts';
import { createRefs } from '#server/members/refs.ts';
import { createMembers } from '#server/members/service.ts';
import { readPolicyFile } from '#server/policy/policy-file.ts';
import { profileFor } from '#server/policy/profile.ts';
import type { AccessPolicy } from '#server/policy/profile.ts';
import { viewerKey } from '#server/viewers/viewer.ts';
import { anyViewer, canaryNumberOf, canaryOf, markedMember, policyFile } from '../policy/arbitraries.ts';

/** Four times: each part has a time limit of its own, and a seed. */
const RUNS = 5_000;
const PARTS = [1, 2, 3, 4];
const AT = Date.UTC(2026, 2, 2);
const ANY_CANARY = /[\u{20000}-\u{2ffff}]|777\d{4}/u;
const refs = createRefs([Buffer.alloc(32, 1)], '1015730314', () => AT);
const auditKeys = auditKeysOf([Buffer.alloc(32, 2)]);

/** The member service as production has it, over these members; what it logs and records is kept as text. */
function serviceOver(members: readonly Member[], policy: AccessPolicy) {
  const written: string[] = [];
  const counters = memoryCounters(() => AT);
  const record = (entry: LookupRecord) => {
    written.push(contentOf(entry, auditKeys[0]));
    return Promise.resolve();
  };
  const service = createMembers({
    directory: {
      find: () => Promise.resolve(members),
      get: (record) => Promise.resolve(findRecord(members, record)),
    },
    refs,
    presenter: createPresenter({
      refs,
      organizations: {
        namesOf: (ids) => Promise.resolve(Object.fromEntries(ids.map((id) => [id, `#${id}`]))),
      },
      photoUrl: (headImage) => headImage,
      clock: () => AT,
      granted: FIELD_KEYS,
      policy: {
        roles: Object.fromEntries(
          FIELD_KEYS.map((field) => [canaryNumberOf(field), `role ${canaryOf(field)}`]),
        ),
      },
    }),
    policy,
    limits: createLookupLimits({
      shared: policy,
      counters,
      inFlight: memoryInFlight(),
      enumeration: memoryEnumerationGuard(() => AT),
      clock: () => AT,
    }),
    attempts: createVerifyAttempts(counters),
    clock: () => AT,
    recorder: { record, recordRefusal: record },
  });
  const log = createLogger('trace', { write: (line) => void written.push(line) });
  return { service, log, written };
}

/** @returns the answer as it would cross the wire, or the words of a refusal. */
async function answerOf(lookup: Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify(await lookup);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.message;
  }
}

function holds(text: string, field: FieldKey): boolean {
  return text.includes(canaryOf(field)) || text.includes(String(canaryNumberOf(field)));
}

test.each(PARTS)(
  'no byte of a field that policy hides reaches a reply, the log or the audit log, part %i',
  async () => {
    const seen = { hidden: 0, masked: 0, shown: 0, revealed: 0 };
    const campus = fc.record({
      text: policyFile,
      viewer: anyViewer,
      members: fc.array(markedMember, { minLength: 1, maxLength: 3 }),
      pick: fc.nat(),
      keyword: fc.constantFrom('张伟', '07302590'),
    });
    await fc.assert(
      fc.asyncProperty(campus, async ({ text, viewer, members, pick, keyword }) => {
        const read = readPolicyFile(text, 'campus');
        if (!read.ok) throw new Error(JSON.stringify(read.problems));
        const profile = profileFor(read.policy, viewer);
        // Half of the time one that may be revealed, where there is one.
        const choices = pick % 2 === 0 && profile?.revealable.size ? [...profile.revealable] : FIELD_KEYS;
        const field = choices[pick % choices.length] ?? 'name';
        const { service, log, written } = serviceOver(members, read.policy);
        const context = { viewer, address: '192.0.2.1', device: 'd1', requestId: 'r1', log };
        const [first] = members;
        const [record] = recordKeysOf(members);
        const ref = record === undefined ? '' : refs.seal(record, viewerKey(viewer));

        const found = await answerOf(service.search(context, [keyword]));
        const opened = await answerOf(service.open(context, ref));
        const revealed = await answerOf(service.reveal(context, { ref, field, reason: 'a reason' }));
        const verified = await answerOf(service.verify(context, { ref, field, answer: '0000' }));

        // Collected rather than expected one by one: there are millions of them.
        const wrong: string[] = [];
        for (const key of FIELD_KEYS) {
          if (profile?.shown.has(key)) {
            seen.shown += 1;
            if (holds(opened, key) !== (first?.[key] !== undefined)) wrong.push(`${key} is not as it is`);
          } else if (profile?.masked.has(key)) {
            seen.masked += 1;
            if ((found + opened).includes(canaryOf(key).repeat(2))) wrong.push(`${key} is not masked`);
          } else {
            seen.hidden += 1;
            if (holds(found + opened, key)) wrong.push(`${key} is sent`);
          }
          if (members.length > 1 && !CARD_FIELDS.includes(key) && holds(found, key))
            wrong.push(`${key} is on a card`);
          if (!holds(revealed, key)) continue;
          seen.revealed += 1;
          if (key !== field || !profile?.revealable.has(key)) wrong.push(`${key} is revealed`);
        }
        if (ANY_CANARY.test(verified)) wrong.push('a value is told by a check');
        // Not even what is shown: the log and the audit log hold no value at all.
        const kept = written.join('');
        if (ANY_CANARY.test(kept) || /张伟|07302590|a reason/.test(kept)) wrong.push('a value is kept');
        expect(wrong, `${viewer.kind} under ${text}`).toEqual([]);
      }),
      { numRuns: RUNS },
    );
    // The generators reach every case.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(100);
  },
  600_000,
);

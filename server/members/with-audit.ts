import type { FieldKey } from '#contract/fields.ts';
import type { LookupEvent, LookupOutcome, LookupRecord } from '#server/audit/audit-log.ts';
import { Failure } from '#server/failure.ts';
import type { Profile } from '#server/policy/profile.ts';
import type { Recorder } from '#server/recorder.ts';
import type { RequestContext } from '#server/viewers/request-context.ts';

/** What an answer discloses, as the audit log keeps it. */
export interface Disclosure {
  /** Card numbers; the name of whoever has none. */
  members: readonly string[];
  count: number;
  fields: readonly FieldKey[];
  outcome?: LookupOutcome;
  /** True: besides being searched, this one member was opened. */
  isView?: boolean;
}

export interface LookupDetails {
  event: LookupEvent;
  profile: Profile | undefined;
  keyword?: string;
  /** The other spelling that was asked for first. */
  typed?: string | undefined;
  reason?: string;
  /** What was asked for, where that is one field: a refusal tells it too. */
  fields?: readonly FieldKey[];
  /** Whom it was asked of, by card number or name, where the reference opened: a refusal tells it too. */
  asked?: string | undefined;
}

/**
 * Does the work of a lookup, and writes down what came of it before anybody is told: the answer, a
 * refusal or a failure.
 *
 * @throws AuditLogUnavailable when it cannot be written, whatever the answer would have been.
 */
export async function withAudit<T>(
  recorder: Pick<Recorder, 'record' | 'recordRefusal'>,
  context: RequestContext,
  { event, profile, keyword, typed, reason, fields, asked: whom }: LookupDetails,
  work: () => Promise<{ answer: T; disclosure: Disclosure }>,
): Promise<T> {
  const base = {
    requestId: context.requestId,
    viewer: context.viewer.id,
    kind: context.viewer.kind,
    device: context.device,
    profile: profile?.name,
    keyword,
    typed,
    reason,
    fields,
  };
  const asked = whom === undefined ? {} : { members: [whom], count: 0 };
  let result: Awaited<ReturnType<typeof work>>;
  try {
    result = await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const outcome = error.kind;
    const refusal = { ...base, ...asked, event: isRefusal(error) ? 'refusal' : event, outcome } as const;
    await recorder.recordRefusal(refusal, context.address);
    throw error;
  }
  const { outcome = 'ok', isView = false, ...disclosed } = result.disclosure;
  const found = disclosed.members.length === 0 ? { ...disclosed, ...asked } : disclosed;
  const record: LookupRecord = { ...base, ...found, event, outcome };
  const records: LookupRecord[] = isView ? [record, { ...record, event: 'view' }] : [record];
  await Promise.all(records.map((each) => recorder.record(each)));
  return result.answer;
}

function isRefusal({ kind }: Failure): boolean {
  return kind === 'forbidden' || kind === 'limited';
}

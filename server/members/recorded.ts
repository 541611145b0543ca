import type { FieldKey } from '#contract/fields.ts';
import { TrailUnavailable } from '#server/audit/trail.ts';
import type { LookupEvent, LookupOutcome, LookupRecord, Trail } from '#server/audit/trail.ts';
import { Failure } from '#server/failure.ts';
import type { Profile } from '#server/policy/profile.ts';
import type { Asker } from './asker.ts';

/** What an answer discloses, as the trail keeps it. */
export interface Disclosure {
  /** Card numbers. */
  members: readonly string[];
  count: number;
  fields: readonly FieldKey[];
  outcome?: LookupOutcome;
  /** True: besides being searched, this one member was opened. */
  isView?: boolean;
}

export interface Occasion {
  event: LookupEvent;
  profile: Profile | undefined;
  keyword?: string;
  reason?: string;
  /** What was asked for, where that is one field: a refusal tells it too. */
  fields?: readonly FieldKey[];
  /** Whom it was asked of, where the reference opened: a refusal tells it too. */
  cardNumber?: string | undefined;
}

export type Recorder = Pick<Trail, 'record'>;

/**
 * Does the work of a lookup, and writes down what came of it before anybody is told: the answer, a
 * refusal or a failure.
 *
 * @throws Failure `busy` when it cannot be written, whatever the answer would have been.
 */
export async function recorded<T>(
  trail: Recorder,
  asker: Asker,
  { event, profile, keyword, reason, fields, cardNumber }: Occasion,
  work: () => Promise<{ answer: T; disclosure: Disclosure }>,
): Promise<T> {
  const base = {
    requestId: asker.requestId,
    viewer: asker.viewer.id,
    kind: asker.viewer.kind,
    device: asker.device,
    profile: profile?.name,
    keyword,
    reason,
    fields,
  };
  const asked = cardNumber === undefined ? {} : { members: [cardNumber], count: 0 };
  const write = (records: LookupRecord[]) => writeAll(trail, records);
  try {
    const { answer, disclosure } = await work();
    const { outcome = 'ok', isView = false, ...disclosed } = disclosure;
    const found = disclosed.members.length === 0 ? { ...disclosed, ...asked } : disclosed;
    const record: LookupRecord = { ...base, ...found, event, outcome };
    await write(isView ? [record, { ...record, event: 'view' }] : [record]);
    return answer;
  } catch (error) {
    if (!(error instanceof Failure) || error.reason === UNWRITTEN) throw error;
    await write([{ ...base, ...asked, event: isRefusal(error) ? 'refusal' : event, outcome: error.kind }]);
    throw error;
  }
}

const UNWRITTEN = 'trail';

async function writeAll(trail: Recorder, records: LookupRecord[]): Promise<void> {
  try {
    await Promise.all(records.map((record) => trail.record(record)));
  } catch (error) {
    if (error instanceof TrailUnavailable) throw new Failure('busy', { reason: UNWRITTEN });
    throw error;
  }
}

function isRefusal({ kind }: Failure): boolean {
  return kind === 'forbidden' || kind === 'limited';
}

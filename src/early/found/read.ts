import { isRecord } from '#contract/json.ts';
import type { Member } from '#contract/member.ts';
import type { RawAnswer } from '../../api/answer.ts';
import { FILTERS_FROM } from '../../components/search/how-many.ts';
import { cardMarks } from '../../format/marks.ts';

const TEXTS = [
  'name',
  'card_number',
  'identity_type',
  'identity_title',
  'college',
  'profession',
  'grade',
  'class',
  'head_image',
  'start_at',
  'expire_at',
] as const;
const FREE = 0;
/** Characters. The few cards that are drawn take less; the namesakes of a whole school are not read twice. */
const LONGEST = 20_000;

/**
 * The members of an answer as the relay sends it: what a card shows is text, and the card holds today.
 *
 * @returns undefined for any other answer: `contract/reply.ts`, which reads them all, is the app's.
 */
export function readPlainAnswer({ status, text }: RawAnswer): Member[] | undefined {
  if (status !== 200 || text.length > LONGEST) return undefined;
  const body: unknown = JSON.parse(text);
  if (!isRecord(body) || body.errcode !== 0 || !Array.isArray(body.userlist)) return undefined;
  const { userlist } = body;
  const isDrawn = userlist.length > 0 && userlist.length < FILTERS_FROM && userlist.every(isPlain);
  return isDrawn ? userlist : undefined;
}

function isPlain(entry: unknown): entry is Member {
  if (!isRecord(entry) || (entry.name ?? entry.card_number) === undefined) return false;
  const isText = TEXTS.every((key) => entry[key] === undefined || isPlainText(entry[key]));
  const isFree = entry.frozen_status === undefined || entry.frozen_status === FREE;
  return (
    isText &&
    isFree &&
    !('start_time' in entry || 'expire_time' in entry) &&
    cardMarks(entry, Date.now()).length === 0
  );
}

function isPlainText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value === value.trim();
}

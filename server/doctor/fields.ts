import { FIELDS, FIELD_KEYS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import type { Member } from '#contract/member.ts';
import type { WecardClient, WecardSettings } from '#server/wecard/client.ts';
import { countUnread } from '#server/wecard/unread-values.ts';
import type { Finding } from './finding.ts';
import { troubleIn } from './platform.ts';

export interface FieldsContext {
  readonly settings: WecardSettings;
  readonly client: Pick<WecardClient, 'search'>;
  /** The operator's own test members: names or card numbers. */
  readonly members: readonly string[];
  /** Fields that the policy lets somebody see or check. */
  readonly inUse: readonly FieldKey[];
  /** `WECARD_GRANTED_FIELDS`. */
  readonly granted: readonly FieldKey[] | undefined;
}

/** Which of the 34 fields the platform sends of these members, in numbers alone. */
export async function checkFields(context: FieldsContext): Promise<Finding[]> {
  const records: Member[] = [];
  const unknown: number[] = [];
  const trouble = await troubleIn(async () => {
    for (const [at, member] of context.members.entries()) {
      const found = await context.client.search(member);
      if (found.length === 0) unknown.push(at + 1);
      records.push(...found);
    }
  });
  if (trouble !== undefined) return [trouble];
  return [...unknownFindings(unknown), ...(records.length === 0 ? [] : coverage(records, context))];
}

function unknownFindings(places: readonly number[]): Finding[] {
  if (places.length === 0) return [];
  return [
    {
      area: 'fields',
      level: 'warning',
      name: 'member-not-found',
      what: `Nobody was found for number ${places.join(', ')} of --members.`,
      fix: 'The platform’s search is exact: give the name or electronic card number as the platform has it.',
    },
  ];
}

function coverage(records: readonly Member[], { inUse, granted, settings }: FieldsContext): Finding[] {
  const filled = (field: FieldKey) => records.filter((record) => record[field] !== undefined).length;
  const isApplied = (field: FieldKey) => FIELDS[field].grant === 'apply';
  const missing = inUse.filter((field) => isApplied(field) && filled(field) === 0);
  const unsaid =
    granted === undefined ? [] : FIELD_KEYS.filter((field) => isApplied(field) && filled(field) > 0);
  const undeclared = unsaid.filter((field) => granted?.includes(field) === false);
  const unread = Object.entries(countUnread(records));
  const came = FIELD_KEYS.filter((field) => filled(field) > 0);
  const width = Math.max(...FIELD_KEYS.map((field) => field.length));
  const base = { area: 'fields', level: 'warning' } as const;
  const table: Finding = {
    ...base,
    level: 'ok',
    name: 'fields',
    what: `${came.length} of ${FIELD_KEYS.length} fields came, of ${records.length} records:`,
    lines: FIELD_KEYS.map((field) => `${field.padEnd(width)}  ${filled(field)} of ${records.length}`),
  };
  return [
    table,
    ...optional(missing.length > 0, {
      ...base,
      name: 'fields-not-sent',
      what: `The policy uses fields that the platform sent of none of these members: ${missing.join(', ')}.`,
      fix: 'Either the application was not granted them, or nothing is recorded. To apply, send this to the platform’s support:',
      lines: applicationFor(missing, settings),
    }),
    ...optional(undeclared.length > 0, {
      ...base,
      name: 'granted-fields',
      what: `These fields came, but WECARD_GRANTED_FIELDS does not name them: ${undeclared.join(', ')}.`,
      fix: 'Add them: the page cannot say “not recorded” of a field that it takes for not granted.',
    }),
    ...optional(unread.length > 0, {
      ...base,
      name: 'unreadable-values',
      what: 'Some values came in a form that nobody reads, and are not shown.',
      fix: 'Ask the school to correct them on the platform.',
      lines: unread.map(([field, count]) => `${field}: ${count}`),
    }),
  ];
}

function optional(isFound: boolean, finding: Finding): Finding[] {
  return isFound ? [finding] : [];
}

/** Grants are given by e-mail that names the application, its APPKEY and the use. */
function applicationFor(fields: readonly FieldKey[], { appKey, ocode }: WecardSettings): string[] {
  return [
    '',
    '主题：申请开通成员信息字段',
    '应用名称：（请填写）',
    `APPKEY：${appKey}`,
    `主体 ocode：${ocode}`,
    '接口：/cgi-bin/user/search',
    `申请字段：${fields.join('、')}`,
    '用途：校园成员查询。经学校授权并登录的人员按姓名或电子卡号精确查询成员；各字段按学校的权限策略显示、遮挡或核对，每次查询均有审计记录。',
    '',
  ];
}

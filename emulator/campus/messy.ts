import type { CampusMember } from './campus.ts';
import { IDENTITIES } from './identities.ts';
import { inventedPhone } from './invented-numbers.ts';

export interface MessyRecord {
  /** As it is stored: the platform matches exactly this. */
  readonly name: string;
  readonly cardNumber: string;
  readonly shows: string;
  /** Values as the school wrote them. */
  readonly raw?: Readonly<Record<string, unknown>>;
}

const [phone, otherPhone] = [inventedPhone(70_001), inventedPhone(70_002)];

/** Names and values as schools write them, told once `messyCampus` is on. Everybody here is invented. */
export const MESSY = {
  space: { name: '齐 三贵', cardNumber: 'M0000001', shows: '姓名中间有空格' },
  wideSpace: { name: '李\u3000四海', cardNumber: 'M0000002', shows: '姓名中间有全角空格' },
  bullet: { name: '古丽•热依汗', cardNumber: 'M0000003', shows: '间隔号写成 •' },
  apostrophe: { name: 'Nora O’Brien', cardNumber: 'M0000004', shows: '撇号是弯的' },
  accent: { name: 'Jose\u0301 Costa', cardNumber: 'M0000005', shows: '重音单独编码（NFD）' },
  compatibility: { name: '\uf9f4有声', cardNumber: 'M0000006', shows: '兼容汉字 U+F9F4' },
  radical: { name: '\u2fbc山远', cardNumber: 'M0000007', shows: '康熙部首 U+2FBC' },
  joiner: { name: 'شهره\u200cنیا', cardNumber: 'M0000008', shows: '波斯文零宽不连字' },
  quoted: { name: '（停用）卓远行', cardNumber: 'M0000009', shows: '姓名前有备注' },
  letters: { name: 'Anna 𠮷田', cardNumber: 'M0000027', shows: '西文名与基本平面之外的字' },
  dotted: { name: '迪丽·阿依', cardNumber: 'V-0086', shows: '卡号带连字符' },
  epoch: dated('M0000010', '时间戳', { start_at: 1546300800, expire_at: 1577764800 }),
  epochMs: dated('M0000011', '毫秒时间戳', { start_at: '1546300800000', expire_at: '1577764800000' }),
  slashes: dated('M0000012', '斜线日期', { start_at: '2019/1/1', expire_at: '2019/12/31 12:00' }),
  joined: dated('M0000013', '连写日期', { start_at: '20190101', expire_at: '20191231120000' }),
  zoned: dated('M0000014', '带时区', {
    start_at: '2019-01-01T00:00:00+08:00',
    expire_at: '2019-12-31T04:00:00Z',
  }),
  noDate: dated('M0000015', '空日期', { start_at: '1970-01-01 08:00:00', expire_at: '0000-00-00 00:00:00' }),
  endless: dated('M0000016', '长期', { start_at: '2019-6-30', expire_at: '长期' }),
  nines: dated('M0000017', '九九九九', { expire_at: '9999-12-31' }),
  unknownDate: dated('M0000018', '读不出的日期', { expire_at: '毕业前' }),
  phones: {
    name: '两号通',
    cardNumber: 'M0000019',
    shows: '两个手机号，两个邮箱',
    raw: { telephone: `${phone}、${otherPhone}`, email: 'a?b@messy.example; c@messy.example' },
  },
  landline: {
    name: '分机长',
    cardNumber: 'M0000020',
    shows: '座机带分机，邮箱写“暂无”',
    raw: { telephone: '010-62780000-8012', email: '暂无' },
  },
  foreign: {
    name: 'Ada Foreign',
    cardNumber: 'M0000021',
    shows: '国外号码',
    raw: { telephone: '+44 (0)20 7946 0958', email: '-' },
  },
  marked: {
    name: '标记多',
    cardNumber: 'M0000022',
    shows: '号码带双向标记与全角',
    raw: { telephone: `\u202a${phone}\u202c`, contact_phone: '０１０－６２７８００００' },
  },
  words: {
    name: '词代码',
    cardNumber: 'M0000023',
    shows: '状态与性别写成文字',
    raw: {
      gender: '男',
      frozen_status: '冻结',
      active_status: true,
      bind_status: 'Y',
      entrust_status: '1.0',
    },
  },
  strange: {
    name: '怪代码',
    cardNumber: 'M0000024',
    shows: '未知的状态，读不出的值',
    raw: {
      gender: '保密',
      frozen_status: '挂失',
      college: { id: 3 },
      organization: '某学院',
      campus: 'null',
      dorm_number: 'undefined',
    },
  },
  ids: {
    name: '单组织',
    cardNumber: 'M0000025',
    shows: '组织写成文字',
    raw: { organization: '2,140', role: 1 },
  },
  endlessText: {
    name: '长文章',
    cardNumber: 'M0000026',
    shows: '100 KB 的地址',
    raw: { address: '很长的地址'.repeat(7_000) },
  },
} as const satisfies Record<string, MessyRecord>;

function dated(cardNumber: string, name: string, raw: Record<string, unknown>): MessyRecord {
  return { name, cardNumber, shows: '有效期的写法', raw };
}

/** Exactly this name or card number. */
export function findMessy(keyword: string): CampusMember[] {
  const records: readonly MessyRecord[] = Object.values(MESSY);
  return records
    .filter(({ name, cardNumber }) => name === keyword || cardNumber === keyword)
    .map(({ name, cardNumber, raw = {} }) => ({
      identityId: IDENTITIES.other.id,
      fields: { name, card_number: cardNumber, identity_type: '1' },
      raw,
    }));
}

import { draw } from './random.ts';

export type Sex = 'female' | 'male';

/** Common surnames, the commonest more than once. */
const SURNAMES = Array.from(
  '王王王王李李李李张张张刘刘刘陈陈陈杨杨黄黄赵赵吴吴周周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万',
);
const COMPOUND_SURNAMES = ['欧阳', '司马', '上官', '诸葛', '慕容', '令狐', '东方', '皇甫', '尉迟', '公孙'];

const GIVEN: Readonly<Record<Sex, readonly string[]>> = {
  female: Array.from(
    '婷雪芳琳颖静怡佳欣雨晴梦瑶思诗涵悦宁嘉慧敏倩薇露莹月清如妍萱芸彤晓雅洁琪桐菲岚玥若溪妙语冰',
  ),
  male: Array.from(
    '浩宇伟轩杰俊豪博文涛明志强建国鹏飞天佑子墨皓然睿辰泽洋凯旭东晨阳家乐星航翰承泰弘毅景行致远云舟',
  ),
};

const UYGHUR: Readonly<Record<Sex, readonly string[]>> = {
  female: ['古丽娜尔', '迪丽拜尔', '玛依努尔', '阿依古丽', '热依汗'],
  male: ['艾力', '吐尔逊', '买买提', '玉素甫', '卡德尔', '阿不都热合曼', '库尔班'],
};
const ENGLISH: Readonly<Record<Sex, readonly string[]>> = {
  female: ['Anna', 'Clara', 'Emily', 'Grace', 'Ines', 'Julia', 'Nora', 'Sofia'],
  male: ['Adam', 'Daniel', 'Felix', 'Henry', 'Jonas', 'Lukas', 'Oscar', 'Peter'],
};
const ENGLISH_SURNAMES = [
  'Andersen',
  'Brown',
  'Costa',
  'Dubois',
  'Fischer',
  'Novak',
  'Rossi',
  'Smith',
  'Tanaka',
];

/** Each kind of throw has a salt of its own, so that one does not tell the other. */
const SALT = { kind: 11, surname: 12, length: 13, first: 14, second: 15 } as const;

/** The invented name of member `index`; `attempt` gives another when one is taken. */
export function nameOf(seed: number, index: number, sex: Sex, attempt = 0): string {
  const throwFor = (salt: number): number => draw(seed, index, salt + attempt * 100);
  const pick = (choices: readonly string[], salt: number): string =>
    choices[throwFor(salt) % choices.length] ?? '';
  const kind = throwFor(SALT.kind) % 100;
  if (kind < 2) return `${pick(ENGLISH[sex], SALT.first)} ${pick(ENGLISH_SURNAMES, SALT.surname)}`;
  if (kind < 4) return `${pick(UYGHUR[sex], SALT.first)}·${pick(UYGHUR.male, SALT.second)}`;
  const surname = pick(kind < 6 ? COMPOUND_SURNAMES : SURNAMES, SALT.surname);
  const first = pick(GIVEN[sex], SALT.first);
  return throwFor(SALT.length) % 100 < 18 ? surname + first : surname + first + pick(GIVEN[sex], SALT.second);
}

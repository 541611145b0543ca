/**
 * Writes `src/kiosk/keyboard/pinyin-table.json`: `npx tsx scripts/pinyin-table.ts`.
 *
 * Which characters a syllable can mean, from pinyin-pro (all 20,900 of the basic block and those of
 * the General Standard list beyond it, with every reading, a surname's too); the everyday order of the
 * commoner 6,763 from simple-keyboard-layouts. What is common in names comes first: this keyboard
 * types nothing else.
 *
 * The other characters of GB 18030-2022 are beside it, in `rare-characters.json`: the 20,439 whose
 * readings @napi-rs/pinyin 1.8.0 knows (MIT; its data is pinyin-data's, MIT, made of Unihan). They
 * change with a new edition of the standard, so no script writes them.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pinyin } from 'pinyin-pro';
import chinese from 'simple-keyboard-layouts/build/layouts/chinese.js';

/** By how many bear them; from the Ministry of Public Security's yearly name reports. */
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文单仇解区查尉繁盖召朴牟翟温葛季俞章鲁倪申颜牛樊殷施洪鲍齐柳芦詹欧安米管宁甘祝苗左涂谷纪舒耿聂关焦冉华祁桂丛欧司阿';
/** Common in given names, and in names written by their sound (买买提, 卓玛, 古丽). */
const GIVEN =
  '伟芳娜敏静秀英丽强磊军洋勇艳杰娟涛明超霞平刚桂兰建国红梅玲燕辉斌波宇浩凯鑫鹏飞雪婷慧倩莉萍丹琳雯佳欣怡梦瑶子轩涵梓晨博文思雨一诺嘉宸奕辰泽豪俊峰志新华东海天龙春生成林云洁颖晓小玉珍凤莲菊琴晶晴萱然可心悦彤璐琪瑞瑜瑾晟睿哲皓铭霖泓祺禹航翔宏伦毅威振兴安康乐福寿永长庆荣光亮朋友立仁义礼智信德贤良善美淑惠贞雅婉柔芝芸蓉薇蕾茜岚珊珠璇珏珺玥琦琛璟瑄堃喆祎旻烨烁炜煜焱炎晖昊旭阳昕曦昱晗卓越超凡逸远致和顺正达道学书画诗韵音歌舞月星辰风江河湖山石松柏竹枫桐楠森彬杉杨柳桃荷莹冰霜露雷震雄虎豹麟凰鸿鹤燕家邦民族中京沪川渝粤晋鲁豫冀湘赣皖苏浙闽承启开创业勤俭健全利贵发财富金银铜铁钢锋剑锐阿卜杜拉买提吐尔逊古丽江艾孜热依木扎西卓玛次仁多吉央巴桑达娃尼米格桑';

const FIRST = 0x3400;
const LAST = 0x323af;

/** Read as another, and offered beside it: variants in names, and 嗯, whose own reading has no vowel. */
const READ_AS: Readonly<Record<string, string>> = { 𠮷: '吉', 𡈽: '土', 𣘺: '橋', 嗯: '恩' };

/** Rare, and borne: 㖸 is a village's surname. */
const BORNE: Readonly<Record<string, string>> = { 㖸: 'nia', 㵋: 'mi', 㺿: 'yi' };

function readings(character: string): string[] {
  const other = READ_AS[character];
  if (other !== undefined) return readings(other);
  const options = { type: 'array', toneType: 'none', v: true } as const;
  const all = [
    BORNE[character] ?? '',
    ...pinyin(character, { ...options, multiple: true }),
    ...pinyin(character, { ...options, mode: 'surname' }),
  ];
  return [...new Set(all)].filter((reading) => /^[a-z]*[aeiouv][a-z]*$/.test(reading));
}

/** The place of each character in `order`; the first counts. */
function places(order: string): Map<string, number> {
  return new Map(
    Array.from(order)
      .reverse()
      .map((character, index, all) => [character, all.length - index]),
  );
}

const everyday = (chinese as { layoutCandidates?: object }).layoutCandidates as Record<string, string>;
const names = places(GIVEN + SURNAMES);

export function pinyinTable(): Record<string, string> {
  const table = new Map<string, string[]>();
  for (let point = FIRST; point <= LAST; point++) {
    const character = String.fromCodePoint(point);
    for (const reading of readings(character)) {
      table.set(reading, [...(table.get(reading) ?? []), character]);
    }
  }
  const lines = [...table].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(lines.map(([syllable, characters]) => [syllable, ordered(syllable, characters)]));
}

function ordered(syllable: string, characters: readonly string[]): string {
  const common = places((everyday[syllable] ?? '').replaceAll(' ', ''));
  const rank = (character: string): number => {
    const other = READ_AS[character];
    if (other !== undefined) return rank(other) + 0.5;
    return names.get(character) ?? 1e4 + (common.get(character) ?? (character in BORNE ? 0.9e4 : 1e4));
  };
  return [...characters].sort((a, b) => rank(a) - rank(b)).join('');
}

/** The surnames alone, by syllable: what comes first where a name begins. */
export function surnameTable(): Record<string, string> {
  const table: Record<string, string> = {};
  for (const surname of SURNAMES) {
    const reading = pinyin(surname, { type: 'array', toneType: 'none', v: true, mode: 'surname' })[0] ?? '';
    table[reading] = (table[reading] ?? '') + surname;
  }
  return table;
}

export function pinyinFile(): string {
  return `${JSON.stringify({ surnames: surnameTable(), characters: pinyinTable() })}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../src/kiosk/keyboard/pinyin-table.json', import.meta.url), pinyinFile());
}

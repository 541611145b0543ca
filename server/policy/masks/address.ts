import { ALL_HIDDEN } from './shape.ts';
import type { Mask } from './shape.ts';

const PROVINCES =
  '北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门';
const PROVINCE = new RegExp(`^(?:中国)?(?:${PROVINCES})(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)?`);

/** Characters of streets, villages and buildings: a name that holds one is no city or district. */
const DETAIL = '省路街道巷弄号镇乡村庄屯组栋幢楼座室层户院校厂场店园苑宅里超菜夜';
const PART = `[^${DETAIL}\\P{Script=Han}]`;
const CITY = new RegExp(`^${PART}{1,7}?(?:市|自治州|地区|盟)`, 'u');
/** 小区 and 社区 are where people live, not districts of a city. */
const DISTRICT = new RegExp(
  `^(?:${PART}{1,7}?新区|${PART}{1,9}?自治[县旗]|${PART}{1,6}?(?<![小社])[区县旗市])`,
  'u',
);

/**
 * A home address down to its district: "广东省深圳市南山区***". Street, building and door go, and so
 * does everything of an address that does not begin with a region.
 */
export const addressMask: Mask = {
  hide: (value) => `${regionOf(compact(value))}${ALL_HIDDEN}`,
  isHidden(value) {
    const text = compact(value);
    return /^\*{2,}$/.test(text.slice(regionOf(text).length));
  },
};

function compact(value: string): string {
  return value.replace(/[\s,，/-]/g, '');
}

/** The part of an address up to its district, as far as it can be read; else "". */
function regionOf(address: string): string {
  let region = '';
  for (const part of [PROVINCE, CITY, DISTRICT]) {
    region += part.exec(address.slice(region.length))?.[0] ?? '';
  }
  return region;
}

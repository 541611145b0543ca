import { inventedIdCard, inventedPhone } from './invented-numbers.ts';
import { officeId, ROOT_ORGANIZATION_ID } from './organizations.ts';
import { face, STAFF_TERM, student, studies, WORKING } from './person.ts';
import type { Person } from './person.ts';
import { BROKEN_PHOTO, faceName, MISSING_PHOTO, photoAddress } from './photos.ts';
import { CAMPUSES } from './school.ts';

/**
 * The members that examples, tests and documents may name: every value here can be relied on.
 * All are invented.
 */
export const PEOPLE = {
  staff: {
    identity: 'staff',
    shows: '教职工，适合以其身份登录',
    fields: {
      name: '沈青禾',
      card_number: '07302590',
      identity_type: '3',
      ...face('female', 0),
      college: '计算机科学与技术学院',
      identity_title: '副教授',
      job_title: '教学秘书',
      role: [1, 3],
      gender: 2,
      organization: [ROOT_ORGANIZATION_ID, officeId('教务处')],
      campus: CAMPUSES[0],
      serial_number: 'S007302',
      telephone: inventedPhone(7302),
      email: 'shen.qinghe@staff.qingyu.example',
      ...STAFF_TERM,
      ...WORKING,
    },
  },
  student: student('2023050233', '顾星河', '在读学生，适合以其身份登录', {
    ...studies('计算机科学与技术学院', '软件工程', '2023'),
    ...face('male', 1),
    identity_title: '本科生',
    gender: 1,
    campus: CAMPUSES[1],
    dorm_number: '听雨楼 3-412',
    telephone: inventedPhone(50233),
    email: 'gu.xinghe@stu.qingyu.example',
  }),
  alumna: {
    identity: 'alumni',
    shows: '校友，卡号含字母，适合以其身份登录',
    fields: {
      name: '叶知秋',
      card_number: 'REAL4411902',
      identity_type: '4',
      ...studies('文学院', '汉语言文学', '2012'),
      ...face('female', 2),
      gender: 2,
      email: 'ye.zhiqiu@alumni.qingyu.example',
      start_at: '2016-07-01 00:00:00',
      expire_at: '2099-12-31 23:59:59',
      ...WORKING,
    },
  },
  other: {
    identity: 'visitor',
    shows: '其他人员，适合以其身份登录',
    fields: {
      name: '程远舟',
      card_number: 'V00000086',
      identity_type: '1',
      ...face('male', 3),
      identity_title: '访问学者',
      gender: 1,
      ...STAFF_TERM,
      ...WORKING,
    },
  },
  everyField: {
    identity: 'undergraduate',
    shows: '三十四个字段全有值',
    fields: {
      name: '苏晚晴',
      card_number: '2021030117',
      identity_type: '2',
      ...studies('计算机科学与技术学院', '人工智能', '2021'),
      ...face('female', 4),
      identity_title: '本科生',
      job_title: '班长',
      role: [1, 2],
      serial_number: 'N2021030117',
      gender: 2,
      campus: CAMPUSES[0],
      dorm_number: '观澜苑 5-203',
      physical_chip_number: '04A2B3C4',
      physical_card_number: '0000031170',
      nation: '汉族',
      birthday: '20030214',
      origin_place: '浙江省',
      graduated_school: '青屿第一中学',
      address: '青屿市听潮区海棠路 18 号 2 单元 301 室',
      contact_person: '苏建平',
      contact_phone: inventedPhone(88001),
      email: 'su.wanqing@stu.qingyu.example',
      id_card: inventedIdCard('20030214', 426),
      telephone: inventedPhone(30117),
      start_at: '2021-09-01 00:00:00',
      expire_at: '2035-08-31 23:59:59',
      ...WORKING,
    },
  },
  hardlyAny: {
    identity: 'other',
    shows: '只有姓名、卡号和身份',
    fields: { name: '何其', card_number: 'T9000001', identity_type: '1' },
  },
  frozen: student('2023050301', '江停云', '卡已冻结', { ...face('male', 5), frozen_status: 1 }),
  expired: student('2015040118', '白露霜', '卡已过期', {
    ...studies('外国语学院', '英语', '2015'),
    ...face('female', 6),
    start_at: '2015-09-01 00:00:00',
    expire_at: '2019-12-31 12:00:00',
  }),
  notYetValid: student('2023050302', '夏将至', '卡尚未生效', {
    ...face('male', 7),
    start_at: '2098-09-01 00:00:00',
    expire_at: '2099-08-31 23:59:59',
  }),
  noPhoto: student('2023050303', '许无影', '没有照片', { head_image: '' }),
  brokenPhoto: student('2023050304', '范碎镜', '照片打得开却不是图片', {
    head_image: photoAddress(BROKEN_PHOTO),
  }),
  missingPhoto: student('2023050305', '柳不见', '照片地址返回 404', {
    head_image: photoAddress(MISSING_PHOTO),
  }),
  protocolRelativePhoto: student('2023050306', '陆双斜', '照片地址以 // 开头', {
    head_image: photoAddress(faceName('male', 8), 'protocol-relative'),
  }),
  barePathPhoto: student('2023050307', '路单斜', '照片地址只有路径', {
    head_image: photoAddress(faceName('female', 9), 'path'),
  }),
  middleDot: student('2023050308', '阿卜杜拉·买买提', '姓名含间隔号，全校唯一', {
    ...face('male', 10),
    nation: '维吾尔族',
  }),
  englishName: student('2023050309', 'Maria Jensen', '英文姓名，中间有空格', { ...face('female', 11) }),
  rareCharacter: student('2023050310', '吴𠮷安', '姓名含基本平面以外的字', { ...face('male', 12) }),
  twoCharacters: student('2023050311', '于凡', '两个字的姓名', { ...face('male', 13) }),
  eightCharacters: student('2023050312', '孟和额尔敦巴特尔', '八个字的姓名', {
    ...face('male', 14),
    nation: '蒙古族',
  }),
  strayProfession: student('2023050313', '孔方隙', '专业前后有多余空格', {
    ...face('male', 15),
    profession: ' 海洋科学  ',
  }),
  leadingZeros: student('000123', '零一', '卡号以零开头', { ...face('female', 16) }),
  maskedPhone: student('2023050314', '莫全显', '手机号已由平台遮挡', {
    ...face('female', 17),
    telephone: '160***8',
  }),
  prefixedPhone: student('2023050315', '区国号', '手机号带国家代码', {
    ...face('male', 18),
    telephone: `(+86)${inventedPhone(50315)}`,
  }),
  unknownOrganization: student('2023050316', '梅有名', '有一个组织查不到名称', {
    ...face('female', 19),
    organization: [ROOT_ORGANIZATION_ID, 999999],
  }),
  markup: student('2023050317', '尖<b>括</b>号', '姓名、地址像 HTML，绝不能被执行', {
    ...face('male', 0),
    address: '<img src=x onerror="document.title=\'pwned\'">',
  }),
  longValues: student('2023050318', '卡尔曼·阿列克谢耶维奇·冯·霍恩施陶芬贝格', '每个值都很长', {
    ...face('male', 2),
    class: '国家级一流本科专业建设点海洋科学（中外合作办学项目）二〇二三级第一实验教学班',
    address:
      '青屿市听潮区东海大道南段一千二百三十四号青屿大学家属区第十五栋第三单元二十八层二八〇一室'.repeat(2),
    email:
      'a.very.long.address.that.does.not.fit.on.a.narrow.phone@students.of.marine.science.qingyu.example',
  }),
} as const satisfies Record<string, Person>;

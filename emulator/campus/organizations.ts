import { SCHOOL_NAME } from './school.ts';

/** An organisation as the platform tells it (cloud.tencent.com/document/api/1523/87720). */
export interface Organization {
  readonly id: number;
  /** 0 at the root. */
  readonly parent_id: number;
  readonly name: string;
  /** From the root down, with "/" between. */
  readonly full_name: string;
  readonly updated_at: string;
}

export interface College {
  readonly id: number;
  readonly name: string;
  readonly majors: readonly string[];
}

export const ROOT_ORGANIZATION_ID = 2;
const UPDATED_AT = '2024-09-01 08:00:00';

const MAJORS_BY_COLLEGE: Readonly<Record<string, readonly string[]>> = {
  计算机科学与技术学院: ['计算机科学与技术', '软件工程', '人工智能', '网络空间安全'],
  海洋学院: ['海洋科学', '海洋技术', '水产养殖学'],
  文学院: ['汉语言文学', '新闻学', '汉语国际教育'],
  外国语学院: ['英语', '日语', '翻译'],
  数学科学学院: ['数学与应用数学', '统计学'],
  物理学院: ['物理学', '光电信息科学与工程'],
  化学与材料学院: ['化学', '材料科学与工程', '高分子材料与工程'],
  生命科学学院: ['生物科学', '生物技术'],
  机械工程学院: ['机械设计制造及其自动化', '车辆工程', '工业设计'],
  土木与建筑学院: ['土木工程', '建筑学', '城乡规划'],
  经济管理学院: ['经济学', '会计学', '工商管理', '信息管理与信息系统'],
  法学院: ['法学', '社会工作'],
  医学院: ['临床医学', '护理学', '公共卫生与预防医学'],
  艺术学院: ['视觉传达设计', '音乐表演', '数字媒体艺术'],
  马克思主义学院: ['思想政治教育'],
};

/** College ids count from 100 by tens; their majors follow them. */
export const COLLEGES: readonly College[] = Object.entries(MAJORS_BY_COLLEGE).map(
  ([name, majors], place) => ({ id: 100 + place * 10, name, majors }),
);

export const OFFICES = [
  '党政办公室',
  '教务处',
  '学生工作部',
  '人力资源处',
  '财务处',
  '后勤保障处',
  '信息化中心',
  '图书馆',
  '保卫处',
  '校友工作办公室',
] as const;

export type Office = (typeof OFFICES)[number];

export function officeId(office: Office): number {
  return 400 + OFFICES.indexOf(office);
}

/** The id of a college's major; the college's own id when it has no such major. */
export function majorId(college: College, major: string): number {
  return college.id + college.majors.indexOf(major) + 1;
}

function organization(id: number, parent: Organization, name: string): Organization {
  return { id, parent_id: parent.id, name, full_name: `${parent.full_name}/${name}`, updated_at: UPDATED_AT };
}

/** The whole tree, parents before children. */
export function listOrganizations(): Organization[] {
  const root: Organization = {
    id: ROOT_ORGANIZATION_ID,
    parent_id: 0,
    name: SCHOOL_NAME,
    full_name: SCHOOL_NAME,
    updated_at: UPDATED_AT,
  };
  const colleges = COLLEGES.flatMap((college) => {
    const own = organization(college.id, root, college.name);
    return [own, ...college.majors.map((major) => organization(majorId(college, major), own, major))];
  });
  return [root, ...colleges, ...OFFICES.map((office) => organization(officeId(office), root, office))];
}

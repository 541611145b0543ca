import type { FailureKind } from '#contract/errors.ts';
import type { FieldGroup, FieldKey } from '#contract/fields.ts';
import type { KeywordProblem } from '#contract/keyword.ts';

interface FailureWords {
  title: string;
  advice: string;
}

const fields: Record<FieldKey, string> = {
  name: '姓名',
  head_image: '头像',
  identity_type: '身份类型',
  identity_title: '身份职称',
  job_title: '职务',
  role: '角色',
  serial_number: '编号',
  college: '学院',
  profession: '专业',
  grade: '年级',
  class: '班级',
  campus: '校区',
  organization: '组织架构',
  dorm_number: '宿舍号',
  card_number: '电子卡号',
  start_at: '有效期开始时间',
  expire_at: '有效期结束时间',
  active_status: '激活状态',
  frozen_status: '冻结状态',
  bind_status: '绑定状态',
  entrust_status: '签约状态',
  physical_card_number: '物理卡号',
  physical_chip_number: '物理芯片号',
  telephone: '手机号',
  email: '邮箱',
  contact_person: '联系人',
  contact_phone: '联系人手机号',
  address: '家庭住址',
  gender: '性别',
  birthday: '生日',
  nation: '民族',
  origin_place: '生源地',
  graduated_school: '毕业学校',
  id_card: '身份证',
};

const groups: Record<FieldGroup, string> = {
  head: '概要',
  identity: '身份',
  school: '学籍与部门',
  card: '校园卡',
  contact: '联系方式',
  personal: '个人信息',
};

const problems: Record<KeywordProblem, string> = {
  empty: '请输入姓名或电子卡号',
  'too-long': '太长了：最多 64 个字',
  unreadable: '里面有无法识别的字符，请重新输入',
};

const failures: Record<FailureKind, FailureWords> = {
  invalid: { title: '这个内容无法查询', advice: '请检查姓名或电子卡号后再试。' },
  'signed-out': { title: '登录已失效', advice: '请重新登录，然后再查一次。' },
  forbidden: { title: '没有查询权限', advice: '你的账号不能查询这项内容。如有需要，请联系学校。' },
  'not-enabled': { title: '学校还没有启用这个应用', advice: '请学校的微卡管理员在平台上开启它。' },
  limited: { title: '查得太多了', advice: '为保护成员信息，查询次数有限。' },
  upstream: { title: '校园卡平台没有正常回答', advice: '通常很快会恢复，请稍后再试。' },
  busy: { title: '现在查询的人太多', advice: '请过几秒再试。' },
  timeout: { title: '等了太久没有结果', advice: '网络或平台较慢，请再试一次。' },
  offline: { title: '连不上网络', advice: '网络恢复后会自动继续，不用重新输入。' },
  internal: { title: '出了点问题', advice: '请再试一次；如果一直这样，请联系学校。' },
};

export const messages = {
  locale: 'zh-CN',
  more: () => import('./more/zh-CN.ts'),
  app: {
    name: '校园卡查询',
    demo: '演示数据',
    demoHint: '页面上的人都是虚构的',
    privacy: '隐私说明',
    contact: (contact: string) => `需要帮助？${contact}`,
  },
  titles: {
    search: '校园卡查询',
    member: '成员信息 · 校园卡查询',
    'not-found': '页面不存在 · 校园卡查询',
    settings: '设置 · 校园卡查询',
  },
  search: {
    box: '姓名或电子卡号',
    submit: '搜索',
    clear: '清除输入',
    searching: '正在查询…',
    problems,
    guideTitle: '这样查最准',
    guide: [
      '输入完整的姓名，不能只输一部分',
      '电子卡号要一位不差，开头的 0 也算',
      '同名的人很多时，用电子卡号更快',
    ],
  },
  results: {
    list: '搜索结果',
    count: (count: number) => `找到 ${count} 人`,
    countShown: (shown: number, count: number) => `共 ${count} 人，符合筛选 ${shown} 人`,
    nobody: (keyword: string) => `没有找到“${keyword}”`,
    nobodyAdvice: [
      '平台只认完整、一字不差的姓名，“张”或“张小”都找不到“张小明”',
      '少数民族姓名中间的点请用“·”，英文名写全并保留空格',
      '电子卡号要完整，开头的 0 不能少；学号、手机号不能用来查',
    ],
    allColleges: '全部学院',
    identityFilter: '按身份筛选',
    collegeFilter: '按学院筛选',
  },
  member: {
    photo: '照片',
    enlarge: '放大照片',
    closePhoto: '关闭照片',
    back: '返回搜索',
    loading: '正在读取更多信息…',
    valid: (until: string) => `有效期至 ${until}`,
    expired: '已过期',
    notYetValid: '未生效',
    frozen: '已冻结',
    notRecorded: '未登记',
    noMore: '平台没有提供其他信息',
    missing: '找不到这位成员',
    missingAdvice: '链接可能已经失效，请重新搜索。',
    search: '去搜索',
    call: '打电话',
    message: '发短信',
    mail: '发邮件',
    save: '存联系人',
    copy: (label: string) => `复制${label}`,
    copied: (label: string) => `已复制${label}`,
    copyFailed: '无法复制，请长按选择文字',
    actions: '联系',
  },
  failure: {
    kinds: failures,
    retry: '重试',
    signIn: '重新登录',
    retryAt: (time: string) => `${time} 之后可以继续。`,
    requestId: (id: string) => `请求编号 ${id}`,
    contact: (contact: string) => `请联系：${contact}`,
  },
  notFound: { title: '没有这个页面', advice: '地址可能输错了，或者页面已经搬走。' },
  fields,
  groups,
  values: {
    identity: { 1: '其他', 2: '学生', 3: '教职工', 4: '校友' } as Partial<Record<string, string>>,
    gender: { 0: '未知', 1: '男', 2: '女' } as Partial<Record<number, string>>,
    status: {
      active_status: ['未激活', '已激活'],
      frozen_status: ['正常', '已冻结'],
      bind_status: ['未绑定', '已绑定'],
      entrust_status: ['未签约', '已签约'],
    },
    otherStatus: (code: number) => `其他（${code}）`,
    grade: (grade: string) => (/^\d{4}$/.test(grade) ? `${grade}级` : grade),
    date: (year: number, month: number, day: number) => `${year}年${month}月${day}日`,
    dateTime: (date: string, time: string) => `${date} ${time}`,
    listSeparator: '、',
  },
};

import type { FailureKind } from '#contract/errors.ts';
import type { FieldGroup, FieldKey } from '#contract/fields.ts';
import type { KeywordProblem } from '#contract/keyword.ts';
import type { Peculiarity } from '#contract/spelling.ts';
import type { CameraProblem } from '../scan/camera.ts';
import type { ForeignReason } from '../scan/read-code.ts';

interface Notice {
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

const failures: Record<FailureKind, Notice> = {
  invalid: { title: '这个内容无法查询', advice: '请检查姓名或电子卡号后再试。' },
  'signed-out': { title: '请先登录', advice: '登录后会回到这里，再查一次即可。' },
  forbidden: { title: '没有查询权限', advice: '你的账号不能查询这项内容。如有需要，请联系学校。' },
  'not-enabled': { title: '学校还没有启用这个应用', advice: '请学校的微卡管理员在平台上开启它。' },
  'set-up': {
    title: '请求在路上被拦下或改动了',
    advice: '与你的账号无关，是学校网关或代理的设置问题。请把这里的内容告诉学校。',
  },
  limited: { title: '查得太多了', advice: '为保护成员信息，查询次数有限。' },
  upstream: { title: '校园卡平台没有正常回答', advice: '通常很快会恢复，请稍后再试。' },
  busy: { title: '现在查询的人太多', advice: '请过几秒再试。' },
  timeout: { title: '等了太久没有结果', advice: '网络或平台较慢，请再试一次。' },
  offline: { title: '连不上网络', advice: '网络恢复后会自动继续，不用重新输入。' },
  internal: { title: '出了点问题', advice: '请再试一次；如果一直这样，请联系学校。' },
};

const camera: Record<CameraProblem, Notice> = {
  refused: {
    title: '没有使用相机的权限',
    advice: '可以在系统或浏览器的设置里允许使用相机。不允许也没关系：拍一张照片，或输入卡号。',
  },
  absent: { title: '没有找到相机', advice: '可以选一张校园卡的照片，或输入卡号。' },
  busy: { title: '相机正被别的应用使用', advice: '请关掉那个应用再试，也可以拍照或输入卡号。' },
  blocked: { title: '这里不能打开相机', advice: '这个应用不让网页使用相机。请拍照、选照片，或输入卡号。' },
};

const foreign: Record<ForeignReason, Notice> = {
  'campus-code': {
    title: '这是校园码，查不到人',
    advice: '校园码每次都变，里面没有卡号。请扫实体校园卡上的条码，或输入姓名、电子卡号。',
  },
  link: { title: '扫到的是一个网址', advice: '请扫校园卡上的条码，或输入姓名、电子卡号。' },
  unreadable: { title: '没有读到卡号', advice: '这个码里没有可以查询的卡号。请换一个码，或输入卡号。' },
};

export const messages = {
  locale: 'zh-CN',
  app: {
    name: '校园卡查询',
    demo: '演示数据',
    demoHint: '页面上的人都是虚构的',
    privacy: '隐私说明',
    contact: (contact: string) => `需要帮助？${contact}`,
  },
  titles: {
    member: '成员信息',
    'not-found': '页面不存在',
    settings: '设置',
    scan: '扫校园卡',
  },
  session: {
    kinds: { staff: '教职工', student: '学生', alumni: '校友', other: '其他人员', kiosk: '自助终端' },
    viewAs: '以谁的身份查看',
    signedInAs: (kind: string) => `当前身份：${kind}`,
    signedInBy: (name: string) => `当前用户：${name}`,
    signOutFailed: '没有退出登录，请再试一次。',
    signOut: '退出登录',
    signInFirst: '登录后才能查询。',
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
    /** Where it was asked for in a second spelling. */
    nobodyEither: (cleaned: string) => `也查了“${cleaned}”，同样没有。`,
    /** By what a spelling differs, though it looks the same. */
    contains: {
      space: () => '里面有空格：如果学校登记时没有空格，请去掉再查',
      dot: (characters: string) => `里面有间隔点 ${characters}：学校登记的可能是另一种点`,
      apostrophe: (characters: string) => `里面有撇号 ${characters}：学校登记的可能是另一种撇号`,
      hyphen: (characters: string) => `里面有连字符 ${characters}，不是键盘上的“-”`,
      accent: (characters: string) => `里面有带符号的字母 ${characters}：学校登记时可能没有符号`,
      compatibility: (characters: string) => `里面有兼容字 ${characters}：看起来一样，编码和常用字不同`,
      invisible: () => '里面有看不见的字符：请重新输入，不要粘贴',
      'letter-case': (letters: string) => `卡号里的字母分大小写，请核对：${letters}`,
    } satisfies Record<Peculiarity['kind'], (characters: string) => string>,
    foundAs: (searched: string, differences: string) =>
      `按“${searched}”找到，与输入的写法不同${differences && `：${differences}`}`,
    spelling: {
      space: '空格',
      dot: '间隔点',
      apostrophe: '撇号',
      hyphen: '连字符',
      accent: '字母上的符号',
      compatibility: '兼容字',
      invisible: '看不见的字符',
      'letter-case': '字母大小写',
    } satisfies Record<Peculiarity['kind'], string>,
    advice: '可以试试',
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
    reveal: '显示',
    hide: '隐藏',
    hiddenIn: (seconds: number) => `${seconds} 秒后自动隐藏`,
    notRecorded: '未登记',
    missing: {
      lapsed: {
        title: '这个页面已经失效',
        advice: '地址里不存姓名和卡号，已经无法知道原来是谁。请重新搜索。',
      },
      gone: { title: '平台上已经没有这条记录', advice: '它可能被修改或删除了。请重新搜索。' },
    },
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
    signIn: '登录',
    retryAt: (time: string) => `${time} 之后可以继续。`,
    requestId: (id: string) => `请求编号 ${id}`,
    platformCode: (code: number) => `平台代码 ${code}`,
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
    grade: (grade: string) => (/^\d{4}$/.test(grade) ? `${grade}级` : grade),
    date: (year: number, month: number, day: number) => `${year}年${month}月${day}日`,
    dateTime: (date: string, time: string) => `${date} ${time}`,
    noEnd: '长期',
    listSeparator: '、',
  },
  tools: {
    label: '工具',
    large: '长辈版',
  },
  scan: {
    title: '扫校园卡',
    aim: '把卡上的条码或二维码放进框里',
    starting: '正在打开相机…',
    late: '没有读到？可以拍照，或输入卡号。',
    video: '相机画面',
    light: '补光灯',
    photo: '拍照或选照片',
    type: '输入卡号',
    again: '再扫一次',
    reading: '正在读照片…',
    private: '画面和照片只在这台设备上读取，不会上传。',
    noCode: { title: '照片里没有读到码', advice: '请对准条码、光线亮一些再拍一张，或输入卡号。' },
    noReader: {
      title: '这个浏览器读不了条码',
      advice: '请检查网络后再试；手机系统较旧时，请直接输入卡号。',
    },
    camera,
    foreign,
  },
  sheet: {
    close: '关闭',
    qr: '联系人二维码',
    qrHint: '用另一部手机的相机扫一扫，就能存为联系人。',
  },
  settings: {
    title: '设置',
    language: '语言',
    theme: '外观',
    themes: { system: '跟随系统', light: '浅色', dark: '深色' },
    largeHint: '字更大、按钮更大，下次打开也是这样',
    textSize: '文字大小',
    textSizeValue: (pixels: number) => `${pixels} 像素`,
    sample: '王小明 · 校园卡 07302590',
    about: '关于',
    contact: '联系学校：',
    noPrivacy: '学校没有提供隐私说明，请向学校询问',
    kept: '这些选择只保存在这台设备上。',
  },
  verify: {
    check: '核对',
    close: '收起',
    ask: (field: string) => `请对方说出${field}的最后四位`,
    hint: '只会告诉你是否一致。每项可试三次，之后一小时不能再试；每人一天最多十次。',
    incomplete: '请输入四位。',
    match: '一致',
    noMatch: '不一致',
    closed: '试得太多了，暂时不能核对。',
    openAgain: '现在可以继续核对了。',
  },
  reason: {
    title: (field: string) => `为什么要看${field}？`,
    note: '原因会写入查询记录。',
    common: ['核实来访者身份', '办理本人业务', '紧急情况，需要联系本人'],
    other: '其他原因',
    typed: '请写明原因',
    missing: '请先选择或填写原因。',
    cancel: '取消',
    submit: '查看',
  },
};

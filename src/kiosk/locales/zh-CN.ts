import type { KeyboardMode } from '../keyboard/entry.ts';
import type { ScanProblem } from '../scanner/read-keys.ts';

interface ForeignWords {
  title: string;
  advice: string;
}

const foreign: Record<ScanProblem, ForeignWords> = {
  'campus-code': {
    title: '这是校园码，查不到人',
    advice: '校园码每次都变，里面没有卡号。请刷实体校园卡，或输入姓名、电子卡号。',
  },
  link: { title: '扫到的是一个网址', advice: '请扫校园卡上的条码，或输入姓名、电子卡号。' },
  unreadable: { title: '没有读到卡号', advice: '请把卡放平再刷一次，或输入姓名、电子卡号。' },
  garbled: {
    title: '读卡器需要调整',
    advice: '读卡器发来的不是卡号，请输入姓名或电子卡号，并告诉工作人员：读卡器的键盘布局与本机不一致。',
  },
};

const modes: Record<KeyboardMode, string> = { number: '数字', pinyin: '拼音', latin: '英文' };

export const words = {
  attract: {
    title: '查一查是谁',
    hint: '请点一种方式开始，或直接刷卡',
    byName: '输入姓名',
    byNameHint: '拼音选字，或英文名',
    byNumber: '输入电子卡号',
    byNumberHint: '数字键盘，一位不差',
    byCard: '刷卡或扫条码',
    byCardHint: '把校园卡放到读卡器上',
    private: '用完点“结束”，或离开后自动清除',
  },
  end: '结束',
  language: 'English',
  backToResults: '返回结果',
  pickOne: '点左边的卡片，看详细信息',
  again: '重新输入',
  another: '再查一位',
  offline: '网络断开了，恢复后会自动继续',
  privacy: {
    button: '隐私',
    title: '隐私说明',
    text: '离开后，这里的输入和结果会全部清除，本机不留下任何人的信息。查询会按学校的规定留下记录。',
    more: (url: string) => `完整说明：${url}`,
  },
  close: '知道了',
  notLoaded: {
    title: '有一部分没有加载出来',
    advice: '可以换一种方式继续，例如输入电子卡号或刷卡。',
  },
  idle: {
    title: '您还在吗？',
    countdown: (seconds: number) => `${seconds} 秒后将清除屏幕`,
    stay: '我还在，继续',
  },
  foreign,
  notEnrolled: {
    title: '这台终端还不能查询',
    visitors: '它没有启用，或者已被停用。请用手机查询，或到服务台询问。',
    staff: '工作人员：怎样启用',
    steps: [
      '请管理员在服务器上运行 npm run kiosk -- enrol --name "位置"，得到一次性启用码',
      '十分钟内点下面的按钮，输入启用码',
    ],
    enrol: '输入启用码',
  },
  reader: {
    title: '检查读卡器',
    hint: '刷一张卡，看读卡器发来了什么。这里不查询，也不留记录。',
    code: '读到的卡号',
    typed: '按本机键盘布局',
    physical: '按美式键盘的键位',
    none: '无法读出',
    ending: '结束',
    silence: '没有结束键，停顿后结束',
    pace: '速度',
    keysIn: (keys: number, ms: number) => `${keys} 个字符，用时 ${ms} 毫秒`,
    keys: '每个按键',
    advice: {
      ready: '可以使用。',
      layout: '读卡器与本机的键盘布局不一致，这次按键位读出了卡号。请把读卡器设成与本机相同的布局。',
      garbled: '读卡器与本机的键盘布局不一致，读不出卡号。请把两边设成相同的布局，最好都用美式键盘。',
      foreign: '按键收到了，但里面没有卡号。请确认读卡器读的是校园卡上的卡号。',
    },
  },
  keyboard: {
    label: '屏幕键盘',
    modes,
    candidates: '候选字',
    hint: '用拼音输入姓名，例如 zhangwei，再选字',
    previous: '上一页',
    next: '下一页',
    backspace: '退格',
    clear: '清空',
    space: '空格',
    shift: '大写',
    separator: '分隔',
    search: '确定',
  },
};

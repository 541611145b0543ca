import type { CameraProblem } from '../../scan/camera.ts';
import type { ForeignReason } from '../../scan/read-code.ts';

interface Notice {
  title: string;
  advice: string;
}

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

/** Words that no first screen needs. */
export const words = {
  tools: {
    label: '工具',
    large: '长辈版',
    settings: '设置',
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
    large: '长辈版',
    largeHint: '字更大、按钮更大，下次打开也是这样',
    textSize: '文字大小',
    textSizeValue: (pixels: number) => `${pixels} 像素`,
    sample: '王小明 · 校园卡 07302590',
    about: '关于',
    contact: '联系学校',
    colon: '：',
    privacy: '隐私说明',
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

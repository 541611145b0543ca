/** Words that no first screen needs. */
export const words = {
  tools: {
    label: '工具',
    large: '长辈版',
    settings: '设置',
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
};

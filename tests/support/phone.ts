import type { Locator, Page } from '@playwright/test';

const NAMES = {
  'zh-CN': {
    box: '姓名或电子卡号',
    submit: '搜索',
    results: '搜索结果',
    nobody: '没有找到',
    searching: '正在查询',
    large: '长辈版',
    enlarge: '放大照片',
    photo: '照片',
    reveal: '显示',
    check: '核对',
    actions: '联系',
    qr: '联系人二维码',
    light: '补光灯',
  },
  en: {
    box: 'Name or card number',
    submit: 'Search',
    results: 'Search results',
    nobody: 'No one found',
    searching: 'Searching',
    large: 'Large text',
    enlarge: 'Enlarge the photo',
    photo: 'Photo',
    reveal: 'Show',
    check: 'Check',
    actions: 'Contact',
    qr: 'QR code of the contact',
    light: 'Light',
  },
} as const;

export type PhoneLocale = keyof typeof NAMES;

/** The phone's screens by role and name (`design.md`), as a viewer of this language sees them. */
export class Phone {
  readonly page: Page;
  readonly names: Record<keyof (typeof NAMES)['en'], string>;
  readonly box: Locator;
  readonly submit: Locator;
  readonly results: Locator;
  readonly cards: Locator;
  readonly status: Locator;
  readonly alert: Locator;
  readonly dialog: Locator;

  constructor(page: Page, locale: PhoneLocale = 'zh-CN') {
    const names = NAMES[locale];
    this.page = page;
    this.names = names;
    this.box = page.getByRole('searchbox', { name: names.box });
    this.submit = page.getByRole('button', { name: names.submit, exact: true });
    this.results = page.getByRole('list', { name: names.results });
    this.cards = this.results.getByRole('link');
    this.status = page.getByRole('status').filter({ hasText: names.nobody });
    this.alert = page.getByRole('alert');
    this.dialog = page.getByRole('dialog');
  }

  async open(path = './') {
    await this.page.goto(path);
  }

  async search(keyword: string) {
    await this.box.fill(keyword);
    await this.box.press('Enter');
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** A field's button, which may say whose it is. */
  fieldButton(name: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^${name}`) });
  }

  /** A field's value by its label; it counts none when the field is hidden. */
  field(label: string): Locator {
    return this.page
      .locator('dt')
      .filter({ hasText: new RegExp(`^\\s*${label}\\s*$`) })
      .locator('xpath=following-sibling::dd[1]');
  }
}

import { escapeHtml, renderPage } from './page.ts';
import type { PageLocale } from './page.ts';

const WORDS = {
  'zh-CN': {
    title: '启用自助终端',
    intro: '请输入管理员在服务器上生成的一次性启用码。启用码十分钟内有效，最多可尝试五次。',
    label: '启用码',
    submit: '启用',
    wrong: '启用码不正确或已失效。请核对后重试，或请管理员重新生成。',
    limited: '尝试次数过多，请稍后再试。',
    failed: '暂时无法启用，请检查网络后重试。',
    noscript: '启用终端需要浏览器开启 JavaScript。',
  },
  en: {
    title: 'Set up this kiosk',
    intro:
      'Enter the one-time code that an operator has made on the server. It is good for ten minutes and five tries.',
    label: 'Code',
    submit: 'Set up',
    wrong: 'This code is wrong or no longer good. Check it and try again, or ask the operator for another.',
    limited: 'Too many tries. Wait a while, then try again.',
    failed: 'This did not work. Check the network and try again.',
    noscript: 'Setting up a kiosk takes a browser with JavaScript switched on.',
  },
} as const;

/** `GET /kiosk/enrol`: where an operator types the code, on the device itself. */
export function enrolPage(locale: PageLocale, basePath: string): string {
  const words = WORDS[locale];
  const data = {
    endpoint: `${basePath}api/kiosk/enrol`,
    kiosk: `${basePath}kiosk`,
    wrong: words.wrong,
    limited: words.limited,
    failed: words.failed,
  };
  const attributes = Object.entries(data).map(([name, value]) => `data-${name}="${escapeHtml(value)}"`);
  const content = `<p>${words.intro}</p>
<noscript><p role="alert">${words.noscript}</p></noscript>
<form method="post" ${attributes.join(' ')}>
<label for="code">${words.label}</label>
<input id="code" required maxlength="32" autocomplete="off" autocapitalize="characters" spellcheck="false" autofocus>
<p role="alert"></p>
<button class="action">${words.submit}</button>
</form>`;
  return renderPage({ locale, title: words.title, content, basePath, script: 'enrol.js' });
}

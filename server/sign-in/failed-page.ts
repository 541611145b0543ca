import { escapeHtml, renderPage } from '#server/pages/page.ts';
import type { PageLocale } from '#server/pages/locale.ts';

/** Why a browser came back from the platform without being signed in. */
export type SignInProblem = 'stale' | 'elsewhere' | 'unavailable' | 'kiosk';

const WORDS = {
  'zh-CN': {
    title: '登录未完成',
    stale: '这次登录已过期、已使用过，或不是在此浏览器中发起的。请重新登录。',
    elsewhere: '您的校园卡不属于本校，无法在此登录。',
    unavailable: '校园卡平台暂时没有响应，请稍后重新登录。',
    kiosk: '本设备已启用为自助终端，不能登录个人账号。',
    again: '重新登录',
    back: '返回',
    contact: '需要帮助？请联系：',
  },
  en: {
    title: 'You are not signed in',
    stale: 'This sign-in took too long, was used before, or was begun in another browser. Sign in again.',
    elsewhere: 'Your campus card is of another school, so you cannot sign in here.',
    unavailable: 'The campus card platform does not answer at the moment. Sign in again in a while.',
    kiosk: 'This device is a kiosk. Nobody can sign in on it.',
    again: 'Sign in again',
    back: 'Back',
    contact: 'Need help? Ask ',
  },
} as const;

export interface FailedPageParts {
  readonly locale: PageLocale;
  readonly basePath: string;
  readonly problem: SignInProblem;
  /** Checked: a screen of this app. */
  readonly returnPath: string;
  readonly contact: string;
}

/** The page on which a sign-in that failed ends: why, and the way on. */
export function failedPage({ locale, basePath, problem, returnPath, contact }: FailedPageParts): string {
  const words = WORDS[locale];
  const login = `${basePath}auth/login?return=${encodeURIComponent(returnPath)}`;
  const [href, label] = problem === 'kiosk' ? [`${basePath}kiosk`, words.back] : [login, words.again];
  const help = contact === '' ? '' : `<p>${words.contact}${escapeHtml(contact)}</p>`;
  const content = `<p role="alert">${words[problem]}</p>
${help}
<p><a class="action" href="${escapeHtml(href)}">${label}</a></p>`;
  return renderPage({ locale, title: words.title, content, basePath });
}

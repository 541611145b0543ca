import { escapeHtml, renderPage } from './page.ts';
import type { PageLocale } from './page.ts';

/** Why a browser is not signed in although it came back from the platform, or through the gateway. */
export type SignInProblem =
  'stale' | 'declined' | 'refused' | 'elsewhere' | 'unavailable' | 'unnamed' | 'kiosk' | 'limited' | 'busy';

const WORDS = {
  'zh-CN': {
    title: '登录未完成',
    stale: '这次登录已过期、已使用过，或不是在此浏览器中发起的。请重新登录。',
    declined: '您没有在校园卡平台完成登录。',
    refused: '校园卡平台拒绝了这次登录。如果重新登录仍不行，请告诉学校。',
    elsewhere: '您的校园卡不属于本校，无法在此登录。',
    unavailable: '校园卡平台暂时没有响应，请稍后重新登录。',
    unnamed: '统一身份认证没有告知本系统您是谁。如果重新登录仍不行，请告诉学校。',
    limited: '登录过于频繁，请稍后重新登录。',
    busy: '服务暂时繁忙，请稍后重新登录。',
    kiosk: '本设备已启用为自助终端，不能登录个人账号。',
    again: '重新登录',
    back: '返回',
    contact: '需要帮助？请联系：',
  },
  en: {
    title: 'You are not signed in',
    stale: 'This sign-in took too long, was used before, or was begun in another browser. Sign in again.',
    declined: 'You did not finish signing in at the campus card platform.',
    refused: 'The campus card platform refused this sign-in. If it does so again, please tell the school.',
    elsewhere: 'Your campus card is of another school, so you cannot sign in here.',
    unavailable: 'The campus card platform does not answer at the moment. Sign in again in a while.',
    unnamed: 'The campus sign-in did not tell who you are. If it happens again, please tell the school.',
    limited: 'There are too many sign-ins from here. Sign in again in a while.',
    busy: 'The service is busy. Sign in again in a while.',
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

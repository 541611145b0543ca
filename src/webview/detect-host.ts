import { BROWSER } from './host.ts';
import type { Host } from './host.ts';

interface HostSigns {
  userAgent: string;
  /** `window.__wxjs_environment`: iOS says "miniprogram" there, and not in every version in the User-Agent. */
  environment: unknown;
  /** What the User-Agent of the school's own app contains; "" for none. */
  embed: string;
}

/**
 * Which app the page is shown in. WeCom's User-Agent contains WeChat's, and a mini program's contains
 * both, so the narrower are asked first.
 *
 * What they let through: WeChat and WeCom dial, and drop files that a page makes; a mini program's
 * web-view does neither everywhere. Of an app that nobody has tried, nothing is expected.
 */
export function detectHost({ userAgent, environment, embed }: HostSigns): Host {
  const closed = { hasTitleBar: true, opensApps: false, downloads: false };
  if (/miniProgram/i.test(userAgent) || environment === 'miniprogram') {
    return { kind: 'mini-program', ...closed };
  }
  const messenger = { hasTitleBar: true, opensApps: true, downloads: false };
  if (/wxwork/i.test(userAgent)) return { kind: 'wecom', ...messenger };
  if (/MicroMessenger/i.test(userAgent)) return { kind: 'wechat', ...messenger };
  if (embed !== '' && userAgent.includes(embed)) return { kind: 'app', ...closed };
  return BROWSER;
}

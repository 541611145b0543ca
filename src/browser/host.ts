/** The app around the page, as far as it matters here. */
export interface Host {
  kind: 'browser' | 'wechat' | 'wecom' | 'mini-program' | 'app';
  /** It shows `document.title` and a way back of its own: the page shows neither. */
  hasTitleBar: boolean;
  /** `tel:`, `sms:` and `mailto:` lead somewhere. */
  opensApps: boolean;
  /** A file can be handed over. */
  downloads: boolean;
}

export const BROWSER: Host = { kind: 'browser', hasTitleBar: false, opensApps: true, downloads: true };

interface HostSigns {
  userAgent: string;
  /** `window.__wxjs_environment`: iOS says "miniprogram" there, and not in every version in the User-Agent. */
  environment: unknown;
  /** What the User-Agent of the school's own app contains; "" for none. */
  embed: string;
  /** Links can save what they lead to (`a.download`); else a file opens in place of the app. */
  savesFiles: boolean;
}

/**
 * Which app the page is shown in. WeCom's User-Agent contains WeChat's, and a mini program's contains
 * both, so the narrower are asked first.
 *
 * What they let through: WeChat and WeCom dial, and drop files that a page makes; a mini program's
 * web-view does neither everywhere. Of an app that nobody has tried, nothing is expected.
 */
export function detectHost({ userAgent, environment, embed, savesFiles }: HostSigns): Host {
  const closed = { hasTitleBar: true, opensApps: false, downloads: false };
  if (/miniProgram/i.test(userAgent) || environment === 'miniprogram') {
    return { kind: 'mini-program', ...closed };
  }
  const messenger = { hasTitleBar: true, opensApps: true, downloads: false };
  if (/wxwork/i.test(userAgent)) return { kind: 'wecom', ...messenger };
  if (/MicroMessenger/i.test(userAgent)) return { kind: 'wechat', ...messenger };
  if (embed !== '' && userAgent.includes(embed)) return { kind: 'app', ...closed };
  return { ...BROWSER, downloads: savesFiles };
}

/** What WeChat and WeCom put into a page; it needs no SDK and no signature for this one call. */
interface WeixinBridge {
  call?: (name: string) => void;
}

/**
 * Takes "share", "copy link" and the like out of the host's menu: a member's page is nobody else's.
 * Where the host has no bridge, nothing happens.
 */
export function hideShareMenu(page: Window & { WeixinJSBridge?: WeixinBridge }): void {
  const hide = () => page.WeixinJSBridge?.call?.('hideOptionMenu');
  if (page.WeixinJSBridge === undefined) page.document.addEventListener('WeixinJSBridgeReady', hide);
  else hide();
}

/** What a page is opened in, as far as its User-Agent tells. */
export type HostApp = 'wecom' | 'wechat' | 'browser';

/** WeCom's User-Agent holds WeChat's mark as well as its own: its own comes first. */
export function hostApp(userAgent = ''): HostApp {
  if (/wxwork/i.test(userAgent)) return 'wecom';
  if (/MicroMessenger/i.test(userAgent)) return 'wechat';
  return 'browser';
}

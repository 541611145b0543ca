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

/** Whether anything in the User-Agent speaks of a host: what to do about it comes in a file of its own. */
export function isHosted(userAgent: string, embed: string): boolean {
  return /MicroMessenger|wxwork|miniProgram/i.test(userAgent) || (embed !== '' && userAgent.includes(embed));
}

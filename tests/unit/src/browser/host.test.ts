import { describe, expect, it } from 'vitest';
import { detectHost } from '#src/browser/host.ts';
import { USER_AGENTS } from '#tests/support/user-agents.ts';

const EMBED = 'CampusApp/';

describe('the app around the page', () => {
  it.each(Object.entries(USER_AGENTS))('is told by the User-Agent of %s', (_name, { userAgent, kind }) => {
    const host = detectHost({ userAgent, environment: undefined, embed: EMBED, savesFiles: true });
    expect(host.kind).toBe(kind);
  });

  it('is a mini program where iOS says so beside the User-Agent', () => {
    const { userAgent } = USER_AGENTS.wechatIos;
    expect(detectHost({ userAgent, environment: 'miniprogram', embed: '', savesFiles: true }).kind).toBe(
      'mini-program',
    );
    expect(detectHost({ userAgent, environment: 'browser', embed: '', savesFiles: true }).kind).toBe(
      'wechat',
    );
  });

  it('is none where the school names no app of its own', () => {
    const { userAgent } = USER_AGENTS.campusApp;
    expect(detectHost({ userAgent, environment: undefined, embed: '', savesFiles: true }).kind).toBe(
      'browser',
    );
  });

  it('is asked nothing that it may not do', () => {
    const of = (name: keyof typeof USER_AGENTS) =>
      detectHost({
        userAgent: USER_AGENTS[name].userAgent,
        environment: undefined,
        embed: EMBED,
        savesFiles: true,
      });
    expect(of('safari')).toMatchObject({ hasTitleBar: false, opensApps: true, downloads: true });
    expect(of('wechatAndroid')).toMatchObject({ hasTitleBar: true, opensApps: true, downloads: false });
    expect(of('miniProgramAndroid')).toMatchObject({ hasTitleBar: true, opensApps: false, downloads: false });
    expect(of('campusApp')).toMatchObject({ hasTitleBar: true, opensApps: false, downloads: false });
  });

  it('is handed no file that would open in place of the app', () => {
    const { userAgent } = USER_AGENTS.safari;
    const host = detectHost({ userAgent, environment: undefined, embed: EMBED, savesFiles: false });
    expect(host).toMatchObject({ kind: 'browser', downloads: false });
  });
});

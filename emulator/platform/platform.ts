import type { Application } from '../applications.ts';
import { APPLICATIONS } from '../applications.ts';
import type { Answer } from './answer.ts';
import type { Campus } from '../campus/campus.ts';
import { takeFaults } from './faults.ts';
import type { Happening } from './faults.ts';
import type { EndpointName } from './paths.ts';
import { defaultSettings, mergeSettings } from './settings.ts';
import type { Settings } from './settings.ts';
import { RequestLog } from './request-log.ts';
import { createStats } from './stats.ts';
import { TokenStore, randomToken } from './tokens.ts';
import { WxcodeStore } from './wxcodes.ts';

/** Somebody who signed in, and how much the application may know. */
export interface SignedIn {
  readonly application: Application;
  readonly cardNumber: string;
  readonly scope: Scope;
}

export type Scope = 'snsapi_base' | 'snsapi_userinfo';

/** Everything that the emulator remembers. Each emulator has its own. */
export class Platform {
  readonly campus: Campus;
  readonly clock: () => number;
  readonly appTokens: TokenStore<Application>;
  readonly userTokens: TokenStore<SignedIn>;
  readonly wxcodes: WxcodeStore;
  readonly stats = createStats();
  readonly log = new RequestLog();
  /** In the forms of its own pages: no other site's page can know it, and so submit one. */
  readonly formKey = randomToken();
  /** Answers that are dear to make, by what was asked; forgotten when a setting changes. */
  readonly dearAnswers = new Map<string, Answer>();
  /** Where it is reached; known once it listens. */
  origin = '';
  #settings: Settings = defaultSettings();

  constructor(campus: Campus, clock: () => number) {
    this.campus = campus;
    this.clock = clock;
    this.appTokens = new TokenStore(clock);
    this.userTokens = new TokenStore(clock);
    this.wxcodes = new WxcodeStore(clock);
  }

  get settings(): Readonly<Settings> {
    return this.#settings;
  }

  /** @throws Invalid when the patch is not of settings; nothing is changed then. */
  changeSettings(patch: unknown): void {
    this.#settings = mergeSettings(this.#settings, patch);
    this.dearAnswers.clear();
  }

  resetSettings(): void {
    this.#settings = defaultSettings();
    this.dearAnswers.clear();
  }

  /** What happens to a call that came in just now; it counts as having happened. */
  takeFaults(endpoint: EndpointName): Happening {
    const { happening, left } = takeFaults(this.#settings.faults, endpoint);
    this.#settings = { ...this.#settings, faults: left };
    if (happening.tokens === 'expired') this.expireTokens();
    if (happening.tokens === 'revoked') this.revokeTokens();
    return happening;
  }

  expireTokens(): void {
    this.appTokens.expireAll();
    this.userTokens.expireAll();
  }

  revokeTokens(): void {
    this.appTokens.revoke();
    this.userTokens.revoke();
  }
}

export function applicationByKey(appKey: string): Application | undefined {
  return Object.values(APPLICATIONS).find((application) => application.appKey === appKey);
}

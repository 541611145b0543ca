import { randomBytes } from 'node:crypto';
import type { SignedIn } from './platform.ts';

interface Pending {
  readonly signedIn: SignedIn;
  readonly redirectUri: string;
  readonly expiresAt: number;
}

/** Codes that a browser carries back to an application: each good once, for a few minutes. */
export class WxcodeStore {
  readonly #pending = new Map<string, Pending>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  issue(signedIn: SignedIn, redirectUri: string, lifetimeSeconds: number): string {
    const wxcode = randomBytes(16).toString('hex');
    this.#pending.set(wxcode, { signedIn, redirectUri, expiresAt: this.#clock() + lifetimeSeconds * 1000 });
    return wxcode;
  }

  /** Uses a code up. @returns undefined when it is unknown, used or too old. */
  redeem(wxcode: string): Pending | undefined {
    const pending = this.#pending.get(wxcode);
    this.#pending.delete(wxcode);
    return pending !== undefined && pending.expiresAt > this.#clock() ? pending : undefined;
  }
}

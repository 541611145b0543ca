import { randomBytes } from 'node:crypto';
import { WECARD_CODE } from '#contract/errors.ts';
import { Refusal } from './refusal.ts';

interface Grant<T> {
  readonly holder: T;
  expiresAt: number;
  revoked: boolean;
}

export function randomToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Tokens of one sort and what each stands for. Times are milliseconds of the emulator's clock. */
export class TokenStore<T> {
  readonly #grants = new Map<string, Grant<T>>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  issue(holder: T, lifetimeSeconds: number): string {
    const token = randomToken();
    this.#forgetOld();
    this.#grants.set(token, { holder, expiresAt: this.#clock() + lifetimeSeconds * 1000, revoked: false });
    return token;
  }

  /** @throws Refusal 40009 for no token, 40005 for one that is not known, 40002 for one that is over. */
  holderOf(token: string): T {
    if (token === '') throw new Refusal(WECARD_CODE.PARAMETER_MISSING, 'access_token');
    const grant = this.#grants.get(token);
    if (grant === undefined || grant.revoked) throw new Refusal(WECARD_CODE.TOKEN_INVALID);
    if (grant.expiresAt <= this.#clock()) throw new Refusal(WECARD_CODE.TOKEN_EXPIRED);
    return grant.holder;
  }

  expireAll(): void {
    for (const grant of this.#grants.values()) grant.expiresAt = this.#clock();
  }

  /** Revokes the tokens whose holder passes `test`; all of them without one. */
  revoke(test: (holder: T) => boolean = () => true): void {
    for (const grant of this.#grants.values()) if (test(grant.holder)) grant.revoked = true;
  }

  /** An expired token is told from an unknown one for a day, then forgotten. */
  #forgetOld(): void {
    const yesterday = this.#clock() - 86_400_000;
    for (const [token, grant] of this.#grants) if (grant.expiresAt < yesterday) this.#grants.delete(token);
  }
}

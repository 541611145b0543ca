import { Failure } from '#server/failure.ts';
import type { Counters } from './counters.ts';

const WINDOW_SECONDS = 60;
/** Sign-ins in a minute that run or have failed. Each may ask the platform, with the application's secret. */
const MOST = { address: 25, deployment: 250 };

/** A sign-in that came back from the platform. */
export interface SignInAttempt {
  /** It does not count: somebody was signed in, or nothing was asked. */
  release(): Promise<void>;
}

export interface SignInAttempts {
  /**
   * Takes an attempt, for the address first: a stranger who uses up their own leaves others theirs.
   *
   * @throws Failure `limited`
   */
  begin(address: string): Promise<SignInAttempt>;
}

export function createSignInAttempts(counters: Counters): SignInAttempts {
  async function take(key: string, most: number): Promise<void> {
    const { count, secondsLeft } = await counters.add(key, 1, WINDOW_SECONDS);
    if (count <= most) return;
    await giveBack(key);
    const retryAfter = Math.max(Math.ceil(secondsLeft), 1);
    throw new Failure('limited', { reason: 'limit', rule: 'sign-in-attempts', retryAfter });
  }

  const giveBack = (key: string) => counters.add(key, -1, WINDOW_SECONDS);

  return {
    async begin(address) {
      const keys = { address: `sign-in address ${address}`, deployment: 'sign-in' };
      await take(keys.address, MOST.address);
      await take(keys.deployment, MOST.deployment).catch(async (error: unknown) => {
        await giveBack(keys.address);
        throw error;
      });
      return {
        async release() {
          await giveBack(keys.address);
          await giveBack(keys.deployment);
        },
      };
    },
  };
}

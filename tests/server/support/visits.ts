import { setTimeout as sleep } from 'node:timers/promises';
import { PEOPLE } from '#emulator/campus/people.ts';
import type { SearchAnswer } from '#contract/wire.ts';
import type { Browser } from '../sign-in/browser.ts';

/** Of members whose photo the platform has. By name: thousands of neighbouring card numbers from one viewer are an enumeration, which the relays slow. */
const { staff, student, alumna, other, everyField } = PEOPLE;
const NAMES = [staff, student, alumna, other, everyField].map(({ fields }) => fields.name);

/** Somebody's browser, and who the relay has to go on taking them for. */
export interface Visitor {
  readonly browser: Browser;
  readonly kind: 'staff' | 'student' | 'kiosk';
}

/** What an earlier answer told, perhaps another relay's, and with another key. */
interface Told {
  readonly ref: string;
  readonly photo: string;
}

/**
 * Visitors who go on without a pause until they are told to stop: each searches, opens the member and the photo that
 * the search before told them of, and asks who they are. Counts how each request ended.
 */
export class Visits {
  /** `200`, or what was wrong. */
  readonly endings = new Map<string, number>();
  requests = 0;
  readonly #url: string;
  readonly #visiting: Promise<void>[];
  #isOver = false;

  constructor(url: string, visitors: readonly Visitor[]) {
    this.#url = url;
    this.#visiting = visitors.map((visitor) => this.#visit(visitor));
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#visiting);
  }

  /** Resolves when so many more requests were answered. */
  async answer(more: number): Promise<void> {
    const enough = this.requests + more;
    while (this.requests < enough) await sleep(20);
  }

  async #visit({ browser, kind }: Visitor): Promise<void> {
    let told: Told | undefined;
    while (!this.#isOver) {
      const before = told;
      await this.#count('search', async () => {
        const keywords = NAMES[this.requests % NAMES.length];
        const answer = await browser.post(`${this.#url}/api/members/search`, { keywords });
        if (answer.status !== 200) return answer;
        const [first] = ((await answer.json()) as SearchAnswer).userlist;
        told = { ref: first?.ref ?? '', photo: first?.head_image ?? '' };
        return answer;
      });
      if (before !== undefined) {
        const { ref, photo } = before;
        await this.#count('member', () => browser.post(`${this.#url}/api/members/search`, { ref }));
        if (photo !== '') await this.#count('photo', () => browser.get(`${this.#url}/${photo}`));
      }
      await this.#count('session', async () => {
        const answer = await browser.get(`${this.#url}/api/session`);
        const { viewer } = (await answer.clone().json()) as { viewer: { kind: string } | null };
        if (answer.status === 200 && viewer?.kind !== kind)
          throw new Error(`is ${viewer?.kind}, not ${kind}`);
        return answer;
      });
    }
  }

  async #count(what: string, ask: () => Promise<Response>): Promise<void> {
    const ending = await ask().then(
      ({ status }) => (status === 200 ? '200' : `${what}: ${status}`),
      (error: unknown) => `${what}: ${String(error)}`,
    );
    this.endings.set(ending, (this.endings.get(ending) ?? 0) + 1);
    this.requests += 1;
  }
}

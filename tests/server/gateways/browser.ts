import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';
import { Browser } from '../sign-in/browser.ts';
import { closeAfterTest } from '../support/relay.ts';

const MOST_REDIRECTS = 20;

interface Plain {
  headers: Record<string, string>;
  body?: string;
}

export interface Page {
  /** Where the redirects ended. */
  readonly url: string;
  readonly status: number;
  readonly text: string;
}

/** A browser that keeps the cookies of each origin apart, follows redirects, and trusts one certificate. */
export class RoamingBrowser {
  readonly #byOrigin = new Map<string, Browser>();
  readonly #send: typeof fetch;

  /** @param authority PEM. */
  constructor(authority: string) {
    const dispatcher = new Agent({ connect: { ca: authority } });
    closeAfterTest(() => dispatcher.destroy());
    this.#send = async (url, init = {}) => {
      // Not fetch: that says it is a script's, which gateways send no sign-in page.
      const { method = 'GET', headers, body } = init as { method?: Dispatcher.HttpMethod } & Plain;
      const answer = await request(url as string, { method, headers, body: body ?? null, dispatcher });
      const lines = Object.entries(answer.headers).flatMap(([name, values]) =>
        [values ?? []].flat().map((value): [string, string] => [name, value]),
      );
      return new Response(await answer.body.arrayBuffer(), { status: answer.statusCode, headers: lines });
    };
  }

  at(url: string): Browser {
    const { origin } = new URL(url);
    const browser = this.#byOrigin.get(origin) ?? new Browser({}, this.#send);
    this.#byOrigin.set(origin, browser);
    return browser;
  }

  /** Loads a page, as a link does. */
  async open(url: string, headers: Record<string, string> = {}): Promise<Page> {
    let next = url;
    for (let count = 0; count < MOST_REDIRECTS; count += 1) {
      const answer = await this.at(next).get(next, { accept: 'text/html', ...headers });
      const location = answer.headers.get('location');
      if (location === null) return { url: next, status: answer.status, text: await answer.text() };
      await answer.arrayBuffer();
      next = new URL(location, next).href;
    }
    throw new Error(`More than ${MOST_REDIRECTS} redirects, the last to ${next}`);
  }

  /** Sends a page's form, and loads what comes of it. */
  async submit(url: string, fields: Record<string, string>): Promise<Page> {
    const answer = await this.at(url).request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
    const location = answer.headers.get('location');
    if (location === null) return { url, status: answer.status, text: await answer.text() };
    await answer.arrayBuffer();
    return this.open(new URL(location, url).href);
  }
}

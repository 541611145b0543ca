/** What a browser does of HTTP: it keeps cookies, sends them back, and follows nothing by itself. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #headers: Record<string, string>;
  readonly #send: typeof fetch;

  constructor(headers: Record<string, string> = {}, send = fetch) {
    this.#headers = headers;
    this.#send = send;
  }

  get(url: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.request(url, { headers });
  }

  /** As the app does: JSON, with its header. */
  post(url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    return this.request(url, {
      method: 'POST',
      headers: { 'x-requested-with': 'wecard-lookup', ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async request(
    url: string,
    init: Omit<RequestInit, 'headers'> & { headers: Record<string, string> },
  ): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...this.#headers, ...(cookie === '' ? {} : { cookie }), ...init.headers };
    const response = await this.#send(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const [name = '', ...rest] = pair.split('=');
    const isGone = attributes.some((attribute) => /^(max-age=0|expires=thu, 01 jan 1970)/i.test(attribute));
    if (isGone) this.cookies.delete(name);
    else this.cookies.set(name, rest.join('='));
  }
}

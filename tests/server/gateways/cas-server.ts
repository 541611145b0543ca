import { randomBytes } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { closeAfterTest } from '../support/relay.ts';
import type { Certificate } from './certificate.ts';
import type { Person } from './person.ts';

export interface CasServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** Who sits at the browser: signs in when they are asked. */
  person: Person;
  /** How often somebody was asked who they are. */
  readonly asked: number;
}

/**
 * A CAS server, as far as signing in and out goes (CAS Protocol 3.0: 2.1 `/login`, 2.3 `/logout`, 2.5 and 2.8
 * `/serviceValidate`): a cookie of its own signs in silently; a ticket is good once, for the service that it was made for.
 */
export async function startCasServer({ pem, key }: Certificate, first: Person): Promise<CasServer> {
  const signedIn = new Map<string, Person>();
  const tickets = new Map<string, { service: string; person: Person }>();
  const cas = { url: '', person: first, asked: 0 };

  const server = createServer({ cert: pem, key }, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', cas.url);
    const service = searchParams.get('service') ?? '';
    const cookie = /(?:^|; )TGC=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    if (pathname === '/cas/login') {
      const known = signedIn.get(cookie);
      if (known === undefined) cas.asked += 1;
      const [grant, person] = known === undefined ? [random('TGT'), cas.person] : [cookie, known];
      signedIn.set(grant, person);
      const ticket = random('ST');
      tickets.set(ticket, { service, person });
      const location = `${service}${service.includes('?') ? '&' : '?'}ticket=${ticket}`;
      response.writeHead(302, { location, 'set-cookie': `TGC=${grant}; Path=/cas; Secure; HttpOnly` }).end();
      return;
    }
    if (pathname === '/cas/logout') {
      signedIn.delete(cookie);
      response.writeHead(302, { location: service, 'set-cookie': 'TGC=; Path=/cas; Max-Age=0' }).end();
      return;
    }
    const ticket = searchParams.get('ticket') ?? '';
    const granted = tickets.get(ticket);
    tickets.delete(ticket);
    const isOurs = pathname === '/cas/p3/serviceValidate' && granted?.service === service;
    response.writeHead(200, { 'content-type': 'application/xml; charset=utf-8' });
    response.end(isOurs ? success(granted.person) : FAILURE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeAfterTest(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  cas.url = `https://localhost:${(server.address() as AddressInfo).port}/cas`;
  return cas;
}

const FAILURE = `<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">
<cas:authenticationFailure code="INVALID_TICKET">not recognized</cas:authenticationFailure>
</cas:serviceResponse>`;

function success({ id, name, groups }: Person): string {
  const attributes = [['displayName', name], ...groups.map((group) => ['memberOf', group])];
  return `<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">
<cas:authenticationSuccess>
<cas:user>${id}</cas:user>
<cas:attributes>
${attributes.map(([key, value]) => `<cas:${key}>${value}</cas:${key}>`).join('\n')}
</cas:attributes>
</cas:authenticationSuccess>
</cas:serviceResponse>`;
}

/** Letters, digits and hyphens alone (3.7). */
function random(prefix: string): string {
  return `${prefix}-${randomBytes(16).toString('hex')}`;
}

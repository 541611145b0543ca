import { isLoopback } from '#server/loopback.ts';
import { keepsSessions } from '#server/config/sign-in.ts';
import type { SignIn } from '#server/config/sign-in.ts';
import type { ArrivedRequest } from '#server/routes/doctor.ts';
import { NO_ADDRESS } from '#server/viewers/request-context.ts';
import type { Finding } from './finding.ts';

export interface Arrival {
  readonly arrived: ArrivedRequest;
  /** The headers of the request as the doctor sent it. */
  readonly sent: Readonly<Record<string, string>>;
  readonly publicUrl: URL;
  readonly signIn: SignIn;
  /** What the doctor said in `X-Forwarded-For`. */
  readonly inventedClient: string;
}

/** Of a header that names somebody its value is nobody's business. */
const CAME = {
  absent: '(did not come)',
  forged: '(came as the doctor sent it)',
  other: '(was set on the way)',
} as const;

/** The app's own: the relay refuses what does not have them as browsers send them. */
const MUST_ARRIVE = ['origin', 'x-requested-with', 'sec-fetch-site'] as const;

/** What a proxy did to a request on its way. */
export function arrivalFindings(arrival: Arrival): Finding[] {
  const { headers, identity, peer, client } = arrival.arrived;
  const found = [...changedHeaders(arrival), ...forwarding(arrival), ...identities(arrival)];
  const lines = [
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...Object.entries(identity).map(([name, came]) => `${name}: ${CAME[came]}`),
    `from ${peer.address}${peer.isTrusted ? ', which TRUSTED_PROXIES names' : ''}; counted for ${client}`,
  ];
  const fine: Finding = {
    area: 'proxy',
    level: 'ok',
    name: 'proxy',
    what: 'Requests arrive as they should:',
    lines,
  };
  const seen: Finding = { ...fine, what: 'The request as it arrived:' };
  return found.length === 0 ? [fine] : [...found, seen];
}

function changedHeaders({ arrived, sent, publicUrl }: Arrival): Finding[] {
  const changed = MUST_ARRIVE.filter((name) => arrived.headers[name] !== sent[name]);
  const findings: Finding[] = changed.map((name) => ({
    area: 'proxy',
    level: 'problem',
    name: 'header-changed',
    what: `The proxy ${arrived.headers[name] === undefined ? 'drops' : 'changes'} the header ${name}, and the relay refuses what comes without it.`,
    fix: `Have the proxy pass ${name} on as browsers send it.`,
  }));
  if (arrived.headers.host === publicUrl.host) return findings;
  return [
    ...findings,
    {
      area: 'proxy',
      level: 'warning',
      name: 'host-changed',
      what: `Host arrives as ${arrived.headers.host ?? 'nothing'}, and browsers ask for ${publicUrl.host}.`,
      fix: 'Have the proxy pass Host on (nginx: proxy_set_header Host $host; Apache: ProxyPreserveHost On).',
    },
  ];
}

const ADD_ADDRESS =
  'Have it add the address that it sees (nginx: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for).';

function forwarding({ arrived, publicUrl, inventedClient }: Arrival): Finding[] {
  const { headers, peer, client } = arrived;
  const told = headers['x-forwarded-for'];
  const problem = { area: 'proxy', level: 'problem' } as const;
  // A proxy that is right adds what it sees behind it, or puts that in its place.
  if (peer.isTrusted && told === inventedClient) {
    return [
      {
        ...problem,
        name: 'client-believed',
        what: 'The proxy passes on the X-Forwarded-For that a browser sent, so that anybody chooses their own address.',
        fix: ADD_ADDRESS,
      },
    ];
  }
  if (peer.isTrusted && told === undefined) {
    return [
      {
        ...problem,
        name: 'no-forwarded-for',
        what: 'The proxy sends no X-Forwarded-For, so that limits take everybody for one address.',
        fix: ADD_ADDRESS,
      },
    ];
  }
  if (peer.isTrusted && client === NO_ADDRESS) {
    return [
      {
        ...problem,
        name: 'client-no-address',
        what: 'The proxy writes something else than an address into X-Forwarded-For, and limits count all such requests for one.',
        fix: ADD_ADDRESS,
      },
    ];
  }
  // Somebody wrote it besides the doctor, or the address is not this machine's: there is a proxy.
  const isProxied = (told !== undefined && told !== inventedClient) || !isLoopback(publicUrl.hostname);
  if (peer.isTrusted || !isProxied) return [];
  return [
    {
      ...problem,
      name: 'proxy-not-trusted',
      what: `The proxy at ${peer.address} is not in TRUSTED_PROXIES, so that limits take everybody for one address, and it names nobody.`,
      fix: `Set TRUSTED_PROXIES=${peer.address}, if that is your proxy’s.`,
    },
  ];
}

function identities({ arrived, signIn }: Arrival): Finding[] {
  const forged = Object.keys(arrived.identity).filter((name) => arrived.identity[name] === 'forged');
  if (forged.length === 0 || !arrived.peer.isTrusted) return [];
  return [
    {
      area: 'proxy',
      // Where they count at auth/login alone, the gateway there may still put its own in their place.
      level: keepsSessions(signIn) ? 'warning' : 'problem',
      name: 'identity-from-anybody',
      what: `The gateway passes ${forged.join(' and ')} on as a browser sent it: anybody can say who they are.`,
      fix: 'Have the gateway remove these headers from every request, before it sets its own.',
    },
  ];
}

import { WECARD_CODE } from '#contract/errors.ts';
import type { Failure } from '#server/failure.ts';
import { TOLD_TO_WAIT } from './transport.ts';

/** What keeps the platform from answering, in an operator's words. */
export interface Trouble {
  readonly name: keyof typeof TROUBLES;
  readonly what: string;
  readonly fix: string;
}

const TROUBLES = {
  'app-key-or-secret': {
    what: 'the platform does not accept WECARD_APP_KEY and WECARD_APP_SECRET (40001)',
    fix: 'Copy both anew from the application on the WeCard open platform: a secret that was replaced there no longer holds.',
  },
  ocode: {
    what: 'the platform knows no subject with this WECARD_OCODE (40006)',
    fix: 'Ask the school for its ocode, and set WECARD_OCODE to it.',
  },
  'not-enabled': {
    what: 'the school has not switched this application on (40018)',
    fix: 'Ask the school’s WeCard administrator to switch it on, on the platform.',
  },
  'not-permitted': {
    what: 'the platform does not permit this call to the application (40008)',
    fix: 'Apply for it at the platform, naming the application and its APPKEY.',
  },
  'platform-code': {
    what: 'the platform refuses with a code that its pages do not explain',
    fix: 'Show the code to the platform’s support; the log has it.',
  },
  'platform-name': {
    what: 'the host name of WECARD_BASE_URL is not found',
    fix: 'Check its spelling, and that this machine’s DNS resolves it.',
  },
  'platform-tls': {
    what: 'the certificate of WECARD_BASE_URL is not accepted, or it speaks no TLS',
    fix: 'Look for a proxy that opens TLS on the way; where the platform’s certificate is of a private authority, name that in NODE_EXTRA_CA_CERTS.',
  },
  'platform-unreachable': {
    what: 'nobody answers at WECARD_BASE_URL',
    fix: 'Check its host and port, and that the firewall lets this machine out to it.',
  },
  'platform-slow': {
    what: 'the platform did not answer in time',
    fix: 'Try again; where that stays so, look for a firewall that swallows the connection.',
  },
  'platform-said-wait': {
    what: 'the platform says that it was asked too often',
    fix: 'Wait, and look for another program that uses the same application.',
  },
  'not-the-platform': {
    what: 'something answers at WECARD_BASE_URL, but not as the platform does',
    fix: 'Check WECARD_BASE_URL (https://open.wecard.qq.com unless yours is a private deployment), and look for a proxy that answers with a page of its own.',
  },
} as const;

const BY_CODE: Readonly<Partial<Record<number, Trouble['name']>>> = {
  [WECARD_CODE.APP_KEY_OR_SECRET_INVALID]: 'app-key-or-secret',
  [WECARD_CODE.OCODE_UNKNOWN]: 'ocode',
  [WECARD_CODE.NOT_ENABLED]: 'not-enabled',
  [WECARD_CODE.PERMISSION_DENIED]: 'not-permitted',
};

/** Node's and OpenSSL's codes, as transport failures have them for their reason. */
const BY_REASON: readonly (readonly [RegExp, Trouble['name']])[] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'platform-name'],
  [/CERT|^ERR_(TLS|SSL)|^EPROTO$/, 'platform-tls'],
  [/^(E(CONN|NET|HOST)\w+|EPIPE|UND_ERR_(CONNECT_TIMEOUT|SOCKET))$/, 'platform-unreachable'],
  [/code -?\d+$|rejected twice$/, 'platform-code'],
];

export function troubleOf(failure: Failure): Trouble {
  const name = nameOf(failure);
  return { name, ...TROUBLES[name] };
}

function nameOf({ errcode, kind, reason = '' }: Failure): Trouble['name'] {
  if (kind === 'timeout') return 'platform-slow';
  if (reason === TOLD_TO_WAIT) return 'platform-said-wait';
  const byReason = BY_REASON.find(([pattern]) => pattern.test(reason))?.[1];
  return BY_CODE[errcode] ?? byReason ?? 'not-the-platform';
}

import { isLoopback } from '#server/loopback.ts';
import type { Environment } from './environment.ts';

/** How a viewer is known. */
export type SignIn =
  | { mode: 'wecard' }
  | HeaderSignIn
  /** `loopbackOnly`: real people can be looked up, so requests must come from this machine. */
  | { mode: 'none'; loopbackOnly: boolean };

/** A gateway names the viewer. */
export interface HeaderSignIn {
  mode: 'header';
  /** Names the viewer. */
  userHeader: string;
  /** What they are called, for the eye. */
  nameHeader: string | undefined;
  /** Lists their groups. */
  groupsHeader: string | undefined;
  /** Stands between two groups; undefined: a comma or a semicolon. */
  groupsSeparator: string | undefined;
  /** The gateway takes `Eve` and `eve` for one: they share limits, and one name in the audit log. */
  ignoreCase: boolean;
  /** Where the gateway's word counts: on each request, or at `auth/login` alone, where a session begins. */
  at: 'every-request' | 'login';
  /** Where the gateway signs out: a whole address, or a path of the app's host; empty where it is not told. */
  signOutUrl: string;
}

/** Whether people sign in once, for a session of the relay's own: at the platform, or at a gateway before `auth/login`. */
export function keepsSessions(signIn: SignIn): boolean {
  return signIn.mode === 'wecard' || (signIn.mode === 'header' && signIn.at === 'login');
}

export interface SignInContext {
  embedded: boolean;
  host: string;
  publicUrl: URL;
  trustedProxies: readonly string[];
}

const MODES = ['wecard', 'header', 'none'] as const;
const OF_HEADER = [
  'SIGN_IN_HEADER',
  'SIGN_IN_HEADER_AT',
  'SIGN_IN_NAME_HEADER',
  'SIGN_IN_GROUPS_HEADER',
  'SIGN_IN_GROUPS_SEPARATOR',
  'SIGN_IN_CASE',
  'SIGN_OUT_URL',
];
/** Headers that mean something else, or that any browser sends. */
const TAKEN =
  /^(host|cookie|origin|referer|authorization|user-agent|forwarded|x-forwarded-(for|host|port|proto|prefix|server)|x-real-ip|x-requested-with)$/i;

export function readSignIn(env: Environment, context: SignInContext): SignIn {
  const mode = env.oneOf('SIGN_IN', MODES) ?? (context.embedded ? 'none' : 'wecard');
  if (mode === 'header') return readHeaderSignIn(env, context);
  for (const variable of OF_HEADER) {
    if (env.text(variable) !== undefined) {
      env.report(variable, 'is set, but nobody reads it', `Set SIGN_IN=header, or leave ${variable} away.`);
    }
  }
  if (mode === 'wecard') return { mode };
  checkNobodySignsIn(env, context);
  return { mode, loopbackOnly: !context.embedded };
}

/** Where a gateway tells of the viewer. */
export function identityHeadersOf(signIn: SignIn): string[] {
  if (signIn.mode !== 'header') return [];
  return [signIn.userHeader, signIn.nameHeader, signIn.groupsHeader].filter((name) => name !== undefined);
}

function checkNobodySignsIn(env: Environment, { embedded, host, publicUrl }: SignInContext): void {
  if (embedded) return;
  const fix = 'Set SIGN_IN=wecard or SIGN_IN=header.';
  if (!isLoopback(host)) {
    env.report('SIGN_IN', 'is none, but HOST is reached by others, who could look up everybody', fix);
  }
  if (!isLoopback(publicUrl.hostname)) {
    env.report('SIGN_IN', 'is none, but PUBLIC_URL is public, so that anybody could look up everybody', fix);
  }
}

function readHeaderSignIn(env: Environment, { publicUrl, trustedProxies }: SignInContext): SignIn {
  const userHeader = readHeaderName(env, 'SIGN_IN_HEADER');
  const nameHeader = readHeaderName(env, 'SIGN_IN_NAME_HEADER');
  const groupsHeader = readHeaderName(env, 'SIGN_IN_GROUPS_HEADER');
  if (env.text('SIGN_IN_HEADER') === undefined) {
    env.report(
      'SIGN_IN_HEADER',
      'is not set',
      'Name the header in which your gateway tells who the viewer is.',
    );
  }
  if (userHeader !== undefined && userHeader === groupsHeader) {
    env.report(
      'SIGN_IN_GROUPS_HEADER',
      'is the same as SIGN_IN_HEADER',
      'Name the header that holds the groups.',
    );
  }
  if (trustedProxies.length === 0) {
    env.report(
      'TRUSTED_PROXIES',
      'is not set, so that anybody could send the header of SIGN_IN=header',
      "Name your gateway's addresses, such as 10.0.3.7/32.",
    );
  }
  return {
    mode: 'header',
    at: env.oneOf('SIGN_IN_HEADER_AT', ['every-request', 'login']) ?? 'every-request',
    userHeader: userHeader ?? '',
    nameHeader,
    groupsHeader,
    groupsSeparator: env.text('SIGN_IN_GROUPS_SEPARATOR'),
    ignoreCase: (env.oneOf('SIGN_IN_CASE', ['ignore', 'exact']) ?? 'ignore') === 'ignore',
    signOutUrl: readSignOutUrl(env, publicUrl),
  };
}

/** Browsers are sent there: to https, or to where the app itself is. */
function readSignOutUrl(env: Environment, publicUrl: URL): string {
  const text = env.text('SIGN_OUT_URL') ?? '';
  if (text === '') return '';
  const url = URL.canParse(text, publicUrl.href) ? new URL(text, publicUrl) : undefined;
  const isFull = /^https?:\/\//.test(text);
  const isPath = /^\/(?![/\\])/.test(text);
  const isSafe = url?.protocol === 'https:' || url?.origin === publicUrl.origin;
  if (url !== undefined && (isFull || isPath) && isSafe && url.username === '' && url.password === '') {
    return isFull ? url.href : url.href.slice(url.origin.length);
  }
  env.report(
    'SIGN_OUT_URL',
    'is neither an https address nor a path of this host',
    'Write it like https://login.campus.example/logout, or /auth/sign-out.',
  );
  return '';
}

function readHeaderName(env: Environment, variable: string): string | undefined {
  const name = env.text(variable)?.toLowerCase();
  if (name === undefined) return undefined;
  if (!/^[a-z0-9_-]+$/.test(name)) {
    env.report(
      variable,
      'is no header name',
      'Use letters, digits, hyphens and underscores, such as X-Remote-User.',
    );
  } else if (TAKEN.test(name)) {
    env.report(
      variable,
      'names a header that browsers or proxies send for something else',
      'Use one of its own, such as X-Remote-User.',
    );
  }
  return name;
}

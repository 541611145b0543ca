import { isLoopback } from '#server/loopback.ts';
import type { Environment } from './environment.ts';

/** How a viewer is known. */
export type SignIn =
  | { mode: 'wecard' }
  | { mode: 'header'; userHeader: string; groupsHeader: string | undefined }
  /** `loopbackOnly`: real people can be looked up, so requests must come from this machine. */
  | { mode: 'none'; loopbackOnly: boolean };

export interface SignInContext {
  embedded: boolean;
  host: string;
  publicUrl: URL;
  trustedProxies: readonly string[];
}

const MODES = ['wecard', 'header', 'none'] as const;
/** Headers that mean something else, or that any browser sends. */
const TAKEN =
  /^(host|cookie|origin|referer|authorization|user-agent|forwarded|x-forwarded-(for|host|port|proto|prefix|server)|x-real-ip|x-requested-with)$/i;

export function readSignIn(env: Environment, context: SignInContext): SignIn {
  const mode = env.oneOf('SIGN_IN', MODES) ?? (context.embedded ? 'none' : 'wecard');
  if (mode === 'header') return readHeaderSignIn(env, context);
  for (const variable of ['SIGN_IN_HEADER', 'SIGN_IN_GROUPS_HEADER']) {
    if (env.text(variable) !== undefined) {
      env.report(variable, 'is set, but nobody reads it', `Set SIGN_IN=header, or leave ${variable} away.`);
    }
  }
  if (mode === 'wecard') return { mode };
  checkNobodySignsIn(env, context);
  return { mode, loopbackOnly: !context.embedded };
}

function checkNobodySignsIn(env: Environment, { embedded, host, publicUrl }: SignInContext): void {
  if (embedded) return;
  const cure = 'Set SIGN_IN=wecard or SIGN_IN=header.';
  if (!isLoopback(host)) {
    env.report('SIGN_IN', 'is none, but HOST is reached by others, who could look up everybody', cure);
  }
  if (!isLoopback(publicUrl.hostname)) {
    env.report('SIGN_IN', 'is none, but PUBLIC_URL is public, so that anybody could look up everybody', cure);
  }
}

function readHeaderSignIn(env: Environment, { trustedProxies }: SignInContext): SignIn {
  const userHeader = readHeaderName(env, 'SIGN_IN_HEADER');
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
  return { mode: 'header', userHeader: userHeader ?? '', groupsHeader };
}

function readHeaderName(env: Environment, variable: string): string | undefined {
  const name = env.text(variable)?.toLowerCase();
  if (name === undefined) return undefined;
  if (!/^[a-z0-9-]+$/.test(name)) {
    env.report(variable, 'is no header name', 'Use letters, digits and hyphens, such as X-Remote-User.');
  } else if (TAKEN.test(name)) {
    env.report(
      variable,
      'names a header that browsers or proxies send for something else',
      'Use one of its own, such as X-Remote-User.',
    );
  }
  return name;
}

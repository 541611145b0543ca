import type { AppConfig, KioskConfig, SchoolConfig } from '#contract/app-config.ts';
import type { FieldKey } from '#contract/fields.ts';
import { isLoopback } from '#server/loopback.ts';
import type { Scale } from '#server/policy/defaults.ts';
import type { WecardSettings } from '#server/wecard/client.ts';
import { createEnvironment, withoutByteOrderMark } from './environment.ts';
import type { Environment, Problem } from './environment.ts';
import { readFileSettings } from './files.ts';
import type { FileProbe, FileSettings } from './files.ts';
import { groupWarnings } from './groups.ts';
import { readKeys } from './keys.ts';
import { readKiosk } from './kiosk.ts';
import { readRedis, redisWarnings } from './redis.ts';
import type { RedisSettings } from './redis.ts';
import { readMetrics } from './metrics.ts';
import type { MetricsSettings } from './metrics.ts';
import { misspelt } from './misspelt.ts';
import { readTrustedProxies } from './proxies.ts';
import { keepsSessions, readSignIn } from './sign-in.ts';
import type { SignIn } from './sign-in.ts';
import { readGrantedFields, readWecard } from './wecard.ts';

/** The relay's settings, checked. */
export interface Config extends FileSettings {
  /** Which limits hold where the policy file sets none. */
  scale: Scale;
  host: string;
  port: number;
  /** The address that browsers use; its path ends with a slash. */
  publicUrl: URL;
  /** Undefined: the embedded emulator, where everybody is invented. */
  wecard: WecardSettings | undefined;
  grantedFields: readonly FieldKey[] | undefined;
  signIn: SignIn;
  trustedProxies: readonly string[];
  /** 32 bytes each, newest first. */
  sessionKeys: readonly Buffer[];
  photoHosts: readonly string[];
  /** Name and logo are empty where the platform's are to be used. */
  school: SchoolConfig;
  kiosk: KioskConfig;
  locale: AppConfig['locale'];
  /** What the User-Agent of the school's own app contains; "" for none. */
  embed: string;
  logLevel: string;
  metrics: MetricsSettings | undefined;
  /** Where several relays share their state; undefined: there is one relay. */
  redis: RedisSettings | undefined;
}

/** What runs, but not as safely as it could: told at the start. */
export function warningsOf(config: Config): string[] {
  return [
    ...hostWarnings(config),
    ...signOutWarnings(config),
    ...groupWarnings(config.signIn, config.policy),
    ...redisWarnings(config),
  ];
}

function hostWarnings({ publicUrl, signIn }: Config): string[] {
  const isShared = publicUrl.pathname !== '/' && !isLoopback(publicUrl.hostname);
  if (!isShared || !keepsSessions(signIn)) return [];
  return [
    'PUBLIC_URL has a path. Other apps on this host can read what this one shows, and plant its cookies: give it a host of its own. See docs/security.md.',
  ];
}

function signOutWarnings({ signIn }: Config): string[] {
  if (signIn.mode !== 'header' || signIn.signOutUrl !== '') return [];
  return [
    'SIGN_OUT_URL is not set, so that nobody can sign out in the app: the gateway would sign them in again. Name where it signs out. See docs/gateway.md.',
  ];
}

/** `misspelt`: variables that nobody reads. By themselves they keep nothing from starting. */
export type ConfigResult = { misspelt: readonly Problem[] } & (
  { ok: true; config: Config } | { ok: false; problems: readonly Problem[] }
);

const DEFAULT_PORT = 3000;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/**
 * Reads every setting, and tells everything that is wrong with them at once.
 *
 * @param inEnvFiles variables that the operator's own file names: see `namesInEnvFiles`.
 */
export function readConfig(
  variables: Readonly<Record<string, string | undefined>>,
  files: FileProbe,
  inEnvFiles: readonly string[] = [],
): ConfigResult {
  const env = createEnvironment(variables);
  const port = env.port('PORT') ?? DEFAULT_PORT;
  const host = env.host('HOST') ?? '127.0.0.1';
  const publicUrl = readPublicUrl(env, port);
  const wecard = readWecard(env);
  const trustedProxies = readTrustedProxies(env);
  const embedded = wecard === undefined;
  const isPrivate = isLoopback(host) && isLoopback(publicUrl.hostname);
  const whenKeysUnset = embedded || isPrivate ? 'make' : 'refuse';
  const sessionKeys = readKeys(env, 'SESSION_KEYS', whenKeysUnset);
  const signIn = readSignIn(env, { embedded, host, publicUrl, trustedProxies });
  const scale = embedded || signIn.mode === 'none' ? 'demo' : 'campus';

  const config: Config = {
    host,
    port,
    publicUrl,
    wecard,
    grantedFields: readGrantedFields(env),
    signIn,
    trustedProxies,
    sessionKeys,
    photoHosts: readPhotoHosts(env),
    school: readSchool(env),
    kiosk: readKiosk(env),
    embed: env.text('EMBED') ?? '',
    locale: env.oneOf('LOCALE', ['auto', 'zh-CN', 'en']) ?? 'auto',
    logLevel: env.oneOf('LOG_LEVEL', LOG_LEVELS) ?? 'info',
    scale,
    metrics: readMetrics(env, { port }),
    redis: readRedis(env),
    ...readFileSettings(env, files, { whenKeysUnset, sessionKeys, scale }),
  };
  const names = Object.keys(withoutByteOrderMark(variables));
  const unread = misspelt({ names, inFiles: inEnvFiles }, env.asked);
  return env.problems.length === 0
    ? { ok: true, config, misspelt: unread }
    : { ok: false, problems: env.problems, misspelt: unread };
}

function readPublicUrl(env: Environment, port: number): URL {
  const url = env.url('PUBLIC_URL', 'https://campus.example/lookup/') ?? new URL(`http://localhost:${port}`);
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    env.report('PUBLIC_URL', 'is not encrypted, and personal data passes there', 'Use https.');
  }
  url.pathname = url.pathname.replace(/\/*$/, '/');
  return url;
}

function readPhotoHosts(env: Environment): string[] {
  const hosts = env.list('PHOTO_HOSTS');
  if (hosts.some((host) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/i.test(host))) {
    env.report(
      'PHOTO_HOSTS',
      'holds something that is no host',
      'Write hosts only, such as photos.campus.example.',
    );
  }
  return hosts.map((host) => host.toLowerCase());
}

function readSchool(env: Environment): SchoolConfig {
  return {
    name: env.text('SCHOOL_NAME') ?? '',
    logo: env.url('SCHOOL_LOGO', 'https://campus.example/logo.png')?.href ?? '',
    accent: readAccent(env),
    contact: env.text('SCHOOL_CONTACT') ?? '',
    privacyUrl: env.url('PRIVACY_URL', 'https://campus.example/privacy')?.href ?? '',
  };
}

function readAccent(env: Environment): string {
  const accent = env.text('SCHOOL_ACCENT') ?? '';
  if (accent !== '' && !/^#[0-9a-f]{6}$/i.test(accent)) {
    env.report('SCHOOL_ACCENT', 'is no colour', 'Write it as # and six digits, such as #0c6355.');
    return '';
  }
  return accent.toLowerCase();
}

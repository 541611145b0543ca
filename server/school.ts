import { DEFAULT_APP_CONFIG } from '#contract/app-config.ts';
import type { AppConfig, SchoolConfig } from '#contract/app-config.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config/config.ts';
import type { Logger } from './logger.ts';
import type { Photo, PhotoFetcher } from './photos/fetcher.ts';
import type { PhotoSource, SourceReader } from './photos/source.ts';
import type { School } from './wecard/client.ts';

/** Where the app finds the school's logo, relative to its base. */
export const LOGO_PATH = 'api/school/logo';

/** Between two questions after one that failed. */
const RETRY_MS = 60_000;
/** The page is not kept waiting longer than this for the school's name. */
const WAIT_MS = 400;

export interface SchoolSettingsParts {
  config: Config;
  fetchSchool: () => Promise<School>;
  /** The platform's logo comes through the relay like every photo, from the same hosts. */
  readSource: SourceReader;
  fetcher: PhotoFetcher;
  clock: Clock;
  logger: Logger;
}

/** The app's settings as the relay knows them. */
export interface SchoolSettings {
  appConfig(): Promise<AppConfig>;
  /** Once it is known. */
  logo(): Photo | undefined;
}

/**
 * Name and logo that the operator left away come from the platform. Either logo is fetched here, so that the page loads
 * nothing from elsewhere: asked for once, and again later when that failed.
 */
export function createSchoolSettings(parts: SchoolSettingsParts): SchoolSettings {
  const { config, clock, logger } = parts;
  const own = config.school;
  let current = appConfigOf(config, { ...own, logo: '' });
  let logo: Photo | undefined;
  let isComplete = false;
  let asking: Promise<void> | undefined;
  let askAgainAt = 0;

  async function ask(): Promise<void> {
    askAgainAt = clock() + RETRY_MS;
    try {
      const school = own.name === '' || own.logo === '' ? await parts.fetchSchool() : own;
      const named = { ...own, name: own.name === '' ? school.name : own.name, logo: '' };
      current = appConfigOf(config, named);
      const source = own.logo === '' ? parts.readSource(school.logo) : ownSource(own.logo);
      logo = source && (await parts.fetcher.fetch(source));
      if (logo !== undefined) current = appConfigOf(config, { ...named, logo: LOGO_PATH });
      isComplete = true;
    } catch (error) {
      logger.warn({ err: error }, 'school not read');
    } finally {
      asking = undefined;
    }
  }

  return {
    logo: () => logo,
    async appConfig() {
      if (isComplete) return current;
      if (asking === undefined && clock() >= askAgainAt) asking = ask();
      if (asking !== undefined) await Promise.race([asking, delay(WAIT_MS)]);
      return current;
    },
  };
}

/** The operator's own word: it may lie on the campus network, on any host. */
function ownSource(logo: string): PhotoSource {
  return { url: new URL(logo), reach: 'campus' };
}

function appConfigOf(config: Config, school: SchoolConfig): AppConfig {
  return {
    ...DEFAULT_APP_CONFIG,
    locale: config.locale,
    embed: config.embed,
    school,
    kiosk: config.kiosk,
    relay: true,
    demo: config.wecard === undefined,
  };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

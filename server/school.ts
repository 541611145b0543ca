import { DEFAULT_APP_CONFIG } from '#contract/app-config.ts';
import type { AppConfig, SchoolConfig } from '#contract/app-config.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config/config.ts';
import type { Logger } from './logger.ts';
import type { Photo, PhotoFetcher } from './photos/fetcher.ts';
import type { SourceReader } from './photos/source.ts';
import type { School } from './wecard/client.ts';

/** Where the app finds the platform's logo, relative to its base. */
export const LOGO_PATH = 'api/school/logo';

/** Between two questions after one that failed. */
const RETRY_MS = 60_000;
/** The page is not kept waiting longer than this for the school's name. */
const WAIT_MS = 400;

export interface SchoolSettingsParts {
  config: Config;
  fetchSchool: () => Promise<School>;
  /** The logo comes through the relay like every photo, from the same hosts. */
  readSource: SourceReader;
  fetcher: PhotoFetcher;
  clock: Clock;
  logger: Logger;
}

/** The app's settings as the relay knows them. */
export interface SchoolSettings {
  appConfig(): Promise<AppConfig>;
  /** The platform's logo, once it is known. */
  logo(): Photo | undefined;
}

/** Name and logo that the operator left away come from the platform: asked for once, and again later when that failed. */
export function createSchoolSettings(parts: SchoolSettingsParts): SchoolSettings {
  const { config, clock, logger } = parts;
  const own = config.school;
  let current = appConfigOf(config, own);
  let logo: Photo | undefined;
  let isComplete = own.name !== '' && own.logo !== '';
  let asking: Promise<void> | undefined;
  let askAgainAt = 0;

  async function ask(): Promise<void> {
    askAgainAt = clock() + RETRY_MS;
    try {
      const school = await parts.fetchSchool();
      const named = { ...own, name: own.name === '' ? school.name : own.name };
      current = appConfigOf(config, named);
      if (own.logo === '') logo = await fetchLogo(school.logo, parts);
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

async function fetchLogo(
  url: string,
  { readSource, fetcher }: SchoolSettingsParts,
): Promise<Photo | undefined> {
  const source = readSource(url);
  return source && fetcher.fetch(source);
}

function appConfigOf(config: Config, school: SchoolConfig): AppConfig {
  return {
    ...DEFAULT_APP_CONFIG,
    locale: config.locale,
    school,
    relay: true,
    demo: config.wecard === undefined,
  };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

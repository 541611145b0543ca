import type { AppConfig, SchoolConfig } from '#contract/app-config.ts';
import { DEFAULT_APP_CONFIG } from '#contract/app-config.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config/config.ts';
import type { Logger } from './logger.ts';
import type { School } from './wecard/client.ts';

/** Between two questions after one that failed. */
const RETRY_MS = 60_000;
/** The page is not kept waiting longer than this for the school's name. */
const WAIT_MS = 400;

export interface AppConfigParts {
  config: Config;
  fetchSchool: () => Promise<School>;
  clock: Clock;
  logger: Logger;
}

/**
 * The app's settings as the relay knows them. Name and logo that the operator left away come from the platform:
 * asked for once, and again later when that failed.
 */
export function createAppConfig({
  config,
  fetchSchool,
  clock,
  logger,
}: AppConfigParts): () => Promise<AppConfig> {
  let current = appConfigOf(config, config.school);
  let isComplete = config.school.name !== '' && config.school.logo !== '';
  let asking: Promise<void> | undefined;
  let askAgainAt = 0;

  async function ask(): Promise<void> {
    askAgainAt = clock() + RETRY_MS;
    try {
      const { name, logo } = await fetchSchool();
      const { school } = config;
      current = appConfigOf(config, { ...school, name: school.name || name, logo: school.logo || logo });
      isComplete = true;
    } catch (error) {
      logger.warn({ err: error }, 'school not read');
    } finally {
      asking = undefined;
    }
  }

  return async () => {
    if (isComplete) return current;
    if (asking === undefined && clock() >= askAgainAt) asking = ask();
    if (asking !== undefined) await Promise.race([asking, delay(WAIT_MS)]);
    return current;
  };
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

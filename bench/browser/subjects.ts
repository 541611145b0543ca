import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { build } from 'vite';
import { startProduct } from '#tests/support/product.ts';
import { POLICY } from '../relay/subjects.ts';
import { securityHeadersOf } from './security-headers.ts';
import { serveFolder } from './static-server.ts';

export const SUBJECTS = ['limit', 'typical', 'ours'] as const;
/** Ours at another commit, to see what a change has brought. */
export const BEFORE = 'before';

/** A page that is measured: where it is, and where its first result appears. */
export interface Subject {
  readonly name: (typeof SUBJECTS)[number] | typeof BEFORE;
  readonly url: string;
  readonly resultSelector: string;
}

export interface RunningSubjects {
  readonly subjects: readonly Subject[];
  stop(): Promise<void>;
}

const LIMIT = join(import.meta.dirname, '../subjects/limit');
const TYPICAL = join(import.meta.dirname, '../subjects/typical');
const TYPICAL_DIST = join(import.meta.dirname, '../../.cache/bench-typical');

const LIMIT_RESULT = 'ul a';
const OUR_RESULT = '[aria-label="搜索结果"] a';

/**
 * The built product, and beside it the limit page and the typical app, which ask the same relay and come
 * with its security headers: for its opener policy alone the browser leaves the process that it has and
 * starts another, which would be counted as the page's own time.
 *
 * @param before another checkout of this repository, built: it comes with its own relay.
 */
export async function startSubjects(before?: string): Promise<RunningSubjects> {
  await buildTypical();
  const folder = mkdtempSync(join(tmpdir(), 'wecard-bench-'));
  const policyFile = join(folder, 'policy.json');
  writeFileSync(policyFile, JSON.stringify(POLICY));
  const settings = { LOG_LEVEL: 'warn', POLICY_FILE: policyFile };
  const relay = await startProduct(settings);
  const older = before === undefined ? undefined : await startProduct(settings, before);
  const headers = await securityHeadersOf(relay.url);
  const limit = await serveFolder(LIMIT, relay.url, headers);
  const typical = await serveFolder(TYPICAL_DIST, relay.url, headers);
  return {
    subjects: [
      { name: 'limit', url: limit.url, resultSelector: LIMIT_RESULT },
      { name: 'typical', url: typical.url, resultSelector: '.van-cell-group .van-cell' },
      { name: 'ours', url: relay.url, resultSelector: OUR_RESULT },
      ...(older === undefined ? [] : [{ name: BEFORE, url: older.url, resultSelector: OUR_RESULT } as const]),
    ],
    async stop() {
      limit.close();
      typical.close();
      await relay.stop();
      await older?.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Builds the typical app as its authors would: Vite's defaults, no budget. */
async function buildTypical() {
  await build({
    root: TYPICAL,
    configFile: false,
    base: './',
    logLevel: 'error',
    plugins: [vue()],
    build: { outDir: TYPICAL_DIST, emptyOutDir: true },
  });
}

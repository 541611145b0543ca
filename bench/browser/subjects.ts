import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { build } from 'vite';
import { startProduct } from '#tests/support/product.ts';
import { POLICY } from '../relay/subjects.ts';
import { serveFolder } from './static-server.ts';

export const SUBJECTS = ['limit', 'typical', 'ours'] as const;

/** A page that is measured: where it is, and where its first result appears. */
export interface Subject {
  readonly name: (typeof SUBJECTS)[number];
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

/** The built product, and beside it the limit page and the typical app, which ask the same relay. */
export async function startSubjects(): Promise<RunningSubjects> {
  await buildTypical();
  const folder = mkdtempSync(join(tmpdir(), 'wecard-bench-'));
  const policyFile = join(folder, 'policy.json');
  writeFileSync(policyFile, JSON.stringify(POLICY));
  const relay = await startProduct({ LOG_LEVEL: 'warn', POLICY_FILE: policyFile });
  const limit = await serveFolder(LIMIT, relay.url);
  const typical = await serveFolder(TYPICAL_DIST, relay.url);
  return {
    subjects: [
      { name: 'limit', url: limit.url, resultSelector: 'ul a' },
      { name: 'typical', url: typical.url, resultSelector: '.van-cell-group .van-cell' },
      { name: 'ours', url: relay.url, resultSelector: '[aria-label="搜索结果"] a' },
    ],
    async stop() {
      limit.close();
      typical.close();
      await relay.stop();
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

/**
 * What the trail costs: records a second and processor time a record, beside plain appends of the
 * same bytes to the same disk, with a sync for each and without any. `npx tsx bench/audit.ts`
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTrail } from '#server/audit/file-trail.ts';
import { auditKeysOf } from '#server/audit/keys.ts';
import type { LookupRecord } from '#server/audit/trail.ts';

const ROUNDS = 5;
const ROUND_MS = 1_000;
const CALLERS = [1, 16, 64, 256];

const RECORD: LookupRecord = {
  event: 'search',
  outcome: 'ok',
  requestId: '0123456789abcdef',
  viewer: 'T1001',
  kind: 'staff',
  profile: 'staff',
  device: 'a5b1c0',
  keyword: '王小明',
  members: ['07302590', '07302591', 'REAL4411902'],
  fields: ['name', 'card_number', 'identity_type', 'college', 'profession', 'grade', 'class', 'campus'],
};
/** As long as a line of that record. */
const LINE = Buffer.from(`${'x'.repeat(560)}\n`);

interface Contender {
  name: string;
  write: () => Promise<unknown>;
}

interface Result {
  perSecond: number;
  cpuMicros: number;
}

const folder = await mkdtemp(join(tmpdir(), 'wecard-bench-'));
try {
  await main();
} finally {
  await rm(folder, { recursive: true });
}

async function main(): Promise<void> {
  const plain = await open(join(folder, 'plain'), 'a');
  const synced = await open(join(folder, 'synced'), 'a');
  const trail = await openTrail({ file: join(folder, 'audit.ndjson'), keys: auditKeysOf([randomBytes(32)]) });
  const contenders: Contender[] = [
    { name: 'append', write: () => plain.appendFile(LINE) },
    { name: 'append + sync', write: () => synced.appendFile(LINE).then(() => synced.datasync()) },
    { name: 'trail', write: () => trail.record(RECORD) },
  ];
  console.log('callers  contender        records/s  µs cpu/record  of append  of append + sync');
  for (const callers of CALLERS) {
    const results = await compare(contenders, callers);
    const [append, sync] = results;
    for (const [index, { perSecond, cpuMicros }] of results.entries()) {
      const cells = [
        String(callers).padEnd(7),
        (contenders[index]?.name ?? '').padEnd(15),
        perSecond.toFixed(0).padStart(10),
        cpuMicros.toFixed(1).padStart(13),
        ratio(perSecond, append).padStart(9),
        ratio(perSecond, sync).padStart(16),
      ];
      console.log(cells.join('  '));
    }
  }
  await Promise.all([plain.close(), synced.close(), trail.close()]);
}

/** In turns, so that whatever else the machine does meets all alike; the median of each counts. */
async function compare(contenders: readonly Contender[], callers: number): Promise<Result[]> {
  const rounds: Result[][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const results: Result[] = [];
    for (const { write } of contenders) results.push(await measure(write, callers));
    rounds.push(results);
  }
  return contenders.map((_, index) =>
    median(rounds.map((round) => round[index] ?? { perSecond: 0, cpuMicros: 0 })),
  );
}

async function measure(write: () => Promise<unknown>, callers: number): Promise<Result> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  let written = 0;
  async function call(): Promise<void> {
    while (performance.now() - start < ROUND_MS) {
      await write();
      written += 1;
    }
  }
  await Promise.all(Array.from({ length: callers }, call));
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: (written * 1_000) / (performance.now() - start), cpuMicros: (user + system) / written };
}

function median(results: readonly Result[]): Result {
  const sorted = [...results].sort((a, b) => a.perSecond - b.perSecond);
  return sorted[Math.floor(sorted.length / 2)] ?? { perSecond: 0, cpuMicros: 0 };
}

function ratio(perSecond: number, base: Result | undefined): string {
  return base === undefined ? '' : (perSecond / base.perSecond).toFixed(2);
}

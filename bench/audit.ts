/**
 * What the audit log costs: records a second, how long the slowest hundredth waits, and processor time a
 * record, beside plain appends of the same bytes to the same disk, with a sync for each and without any.
 * `npx tsx bench/audit.ts`
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LookupRecord } from '#server/audit/audit-log.ts';
import { openAuditLog } from '#server/audit/open.ts';

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
  p99Ms: number;
  cpuMicros: number;
}

const NOTHING: Result = { perSecond: 0, p99Ms: 0, cpuMicros: 0 };

const folder = await mkdtemp(join(tmpdir(), 'wecard-bench-'));
try {
  await main();
} finally {
  await rm(folder, { recursive: true });
}

async function main(): Promise<void> {
  const plain = await open(join(folder, 'plain'), 'a');
  const synced = await open(join(folder, 'synced'), 'a');
  const log = await openAuditLog({ folder: join(folder, 'audit'), secrets: [randomBytes(32)] });
  const contenders: Contender[] = [
    { name: 'append', write: () => plain.appendFile(LINE) },
    { name: 'append + sync', write: () => synced.appendFile(LINE).then(() => synced.datasync()) },
    { name: 'audit log', write: () => log.record(RECORD) },
  ];
  console.log('callers  contender        records/s   p99 ms  µs cpu/record  of append  of append + sync');
  for (const callers of CALLERS) {
    const results = await compare(contenders, callers);
    const [append, sync] = results;
    for (const [index, { perSecond, p99Ms, cpuMicros }] of results.entries()) {
      const cells = [
        String(callers).padEnd(7),
        (contenders[index]?.name ?? '').padEnd(15),
        perSecond.toFixed(0).padStart(10),
        p99Ms.toFixed(1).padStart(7),
        cpuMicros.toFixed(1).padStart(13),
        ratio(perSecond, append).padStart(9),
        ratio(perSecond, sync).padStart(16),
      ];
      console.log(cells.join('  '));
    }
  }
  await Promise.all([plain.close(), synced.close(), log.close()]);
}

/** In turns, so that whatever else the machine does meets all alike; the median of each counts. */
async function compare(contenders: readonly Contender[], callers: number): Promise<Result[]> {
  const rounds: Result[][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const results: Result[] = [];
    for (const { write } of contenders) results.push(await measure(write, callers));
    rounds.push(results);
  }
  return contenders.map((_, index) => median(rounds.map((round) => round[index] ?? NOTHING)));
}

async function measure(write: () => Promise<unknown>, callers: number): Promise<Result> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const waits: number[] = [];
  async function call(): Promise<void> {
    while (performance.now() - start < ROUND_MS) {
      const asked = performance.now();
      await write();
      waits.push(performance.now() - asked);
    }
  }
  await Promise.all(Array.from({ length: callers }, call));
  const { user, system } = process.cpuUsage(cpu);
  const perSecond = (waits.length * 1_000) / (performance.now() - start);
  const p99Ms = waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.99)] ?? 0;
  return { perSecond, p99Ms, cpuMicros: (user + system) / waits.length };
}

function median(results: readonly Result[]): Result {
  const sorted = [...results].sort((a, b) => a.perSecond - b.perSecond);
  return sorted[Math.floor(sorted.length / 2)] ?? NOTHING;
}

function ratio(perSecond: number, base: Result | undefined): string {
  return base === undefined ? '' : (perSecond / base.perSecond).toFixed(2);
}

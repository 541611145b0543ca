import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Measured } from '../relay/process.ts';
import type { FleetBench, FleetSubject } from './subjects.ts';

/** Whose processor time is counted. */
export const PARTS = ['relay', 'redis', 'nginx', 'emulator'] as const;
export type Part = (typeof PARTS)[number];

/** What so many requests took, for each of them. */
export interface Costs {
  /** Processor time, user and system, µs; of all relays of the subject together. */
  readonly cpuMicros: Readonly<Record<Part, number>>;
  /** By command; those that a script makes count too. */
  readonly redisCalls: Readonly<Record<string, number>>;
  readonly redisBytes: number;
  readonly auditBytes: number;
  readonly platformCalls: number;
}

/**
 * @param count how many requests `run` makes.
 * @returns what `run` resolved with, and its costs.
 */
export async function costsOf<T>(
  bench: FleetBench,
  { front, relays }: Pick<FleetSubject, 'front' | 'relays'>,
  count: number,
  run: () => Promise<T>,
): Promise<T & Costs> {
  const parts: Record<Part, readonly Measured[]> = {
    relay: relays,
    redis: [bench.redis.process],
    nginx: [front.process],
    emulator: [bench.emulator],
  };
  const read = async () => ({
    cpuMs: mapParts((part) => parts[part].reduce((sum, each) => sum + each.cpuMs(), 0)),
    redis: await bench.redis.work(),
    auditBytes: bytesIn(bench.auditFolder),
    platformCalls: await platformCalls(bench.emulatorUrl),
  });
  const before = await read();
  const result = await run();
  const after = await read();
  const calls = Object.entries(after.redis.calls)
    .map(([name, made]) => [name, (made - (before.redis.calls[name] ?? 0)) / count] as const)
    .filter(([name, made]) => made > 0 && !OWN_COMMANDS.has(name));
  return {
    ...result,
    cpuMicros: mapParts((part) => ((after.cpuMs[part] - before.cpuMs[part]) * 1_000) / count),
    redisCalls: Object.fromEntries(calls),
    redisBytes: (after.redis.networkBytes - before.redis.networkBytes) / count,
    auditBytes: (after.auditBytes - before.auditBytes) / count,
    platformCalls: (after.platformCalls - before.platformCalls) / count,
  };
}

/** The measurement's own. */
const OWN_COMMANDS = new Set(['info', 'scan', 'memory|usage']);

function mapParts<T>(valueOf: (part: Part) => T): Record<Part, T> {
  return Object.fromEntries(PARTS.map((part) => [part, valueOf(part)])) as Record<Part, T>;
}

function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** Where a browser goes by itself to sign in. */
const BROWSERS_CALLS = new Set(['authorize', 'pcAuthorize']);

async function platformCalls(emulatorUrl: string): Promise<number> {
  const stats = (await (await fetch(`${emulatorUrl}/_emulator/stats`)).json()) as {
    calls: Record<string, number>;
  };
  const ours = Object.entries(stats.calls).filter(([name]) => !BROWSERS_CALLS.has(name));
  return ours.reduce((sum, [, calls]) => sum + calls, 0);
}

import { Invalid } from './platform/invalid.ts';
import type { EmulatorOptions } from './start.ts';

/**
 * The campus that the environment asks for: `EMULATOR_MEMBERS`, `EMULATOR_SEED`.
 *
 * @throws Invalid naming the variable that is no whole number.
 */
export function readCampusOptions(
  env: Readonly<Record<string, string | undefined>>,
): Pick<EmulatorOptions, 'members' | 'seed'> {
  const members = readWhole('EMULATOR_MEMBERS', env.EMULATOR_MEMBERS, 1_000_000);
  const seed = readWhole('EMULATOR_SEED', env.EMULATOR_SEED, 0xffffffff);
  return { ...(members === undefined ? {} : { members }), ...(seed === undefined ? {} : { seed }) };
}

/** Undefined when nothing is set. @throws Invalid when it is no whole number up to `most`. */
export function readWhole(name: string, value: string | undefined, most: number): number | undefined {
  if (value === undefined || value === '') return undefined;
  if (/^\d{1,10}$/.test(value) && Number(value) <= most) return Number(value);
  throw new Invalid(`${name} must be a whole number up to ${most}, not "${value}".`);
}

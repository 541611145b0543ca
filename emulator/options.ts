import { Invalid } from './platform/invalid.ts';
import type { EmulatorOptions } from './start.ts';

type Values = Readonly<Record<string, string | undefined>>;

/**
 * The campus that is asked for: `EMULATOR_MEMBERS`, `EMULATOR_SEED`, `EMULATOR_MESSY`.
 *
 * @param options from the command line (`members`, `seed`), which go before the environment.
 * @throws Invalid naming the variable or the option that is none of what it may be.
 */
export function readCampusOptions(
  env: Values,
  options: Values = {},
): Pick<EmulatorOptions, 'members' | 'seed' | 'messy'> {
  const read = (option: string, variable: string, most: number) =>
    options[option] === undefined
      ? readWhole(variable, env[variable], most)
      : readWhole(`--${option}`, options[option], most);
  const members = read('members', 'EMULATOR_MEMBERS', 1_000_000);
  const seed = read('seed', 'EMULATOR_SEED', 0xffffffff);
  return {
    ...(members === undefined ? {} : { members }),
    ...(seed === undefined ? {} : { seed }),
    messy: readYes('EMULATOR_MESSY', env.EMULATOR_MESSY),
  };
}

function readYes(name: string, value = ''): boolean {
  if (value === '' || value === 'yes') return value === 'yes';
  throw new Invalid(`${name} must be "yes" or unset, not "${value}".`);
}

/** Undefined when nothing is set. @throws Invalid when it is no whole number up to `most`. */
export function readWhole(name: string, value: string | undefined, most: number): number | undefined {
  if (value === undefined || value === '') return undefined;
  if (/^\d{1,10}$/.test(value) && Number(value) <= most) return Number(value);
  throw new Invalid(`${name} must be a whole number up to ${most}, not "${value}".`);
}

import { isIP } from 'node:net';

/** Something that must be changed before the relay starts. Never holds a value: many of them are secrets. */
export interface Problem {
  variable: string;
  /** What is wrong: "is not a URL". */
  what: string;
  /** What to do about it. */
  fix: string;
}

/** Reads settings one by one and collects what is wrong with them, so that everything can be told at once. */
export interface Environment {
  readonly problems: readonly Problem[];
  /** Every variable that was read so far. */
  readonly asked: ReadonlySet<string>;
  report(variable: string, what: string, fix: string): void;
  /** Trimmed; an empty variable is as good as unset. */
  text(variable: string): string | undefined;
  /** Comma-separated. */
  list(variable: string): string[];
  oneOf<T extends string>(variable: string, choices: readonly T[]): T | undefined;
  /** A number up to 65535; 0 for any that is free. */
  port(variable: string): number | undefined;
  /** A name or an address to listen on. */
  host(variable: string): string | undefined;
  /** An absolute http or https address without credentials. */
  url(variable: string, example: string): URL | undefined;
}

export function createEnvironment(given: Readonly<Record<string, string | undefined>>): Environment {
  const variables = withoutByteOrderMark(given);
  const problems: Problem[] = [];
  const asked = new Set<string>();

  function report(variable: string, what: string, fix: string): void {
    problems.push({ variable, what, fix });
  }

  function text(variable: string): string | undefined {
    asked.add(variable);
    const value = variables[variable]?.trim();
    return value === '' ? undefined : value;
  }

  return {
    problems,
    asked,
    report,
    text,
    list(variable) {
      const parts = (text(variable) ?? '').split(',').map((part) => part.trim());
      return parts.filter((part) => part !== '');
    },
    oneOf(variable, choices) {
      const value = text(variable);
      if (value === undefined) return undefined;
      const choice = choices.find((candidate) => candidate === value);
      if (choice === undefined)
        report(variable, 'is none of its values', `Choose one of ${choices.join(', ')}.`);
      return choice;
    },
    port(variable) {
      const value = text(variable);
      if (value === undefined) return undefined;
      if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
      report(variable, 'is no port number', 'Use a whole number up to 65535, such as 3000.');
      return undefined;
    },
    host(variable) {
      const value = text(variable);
      if (value === undefined || isIP(value) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value))
        return value;
      report(variable, 'is no address to listen on', 'Use 127.0.0.1, or 0.0.0.0 behind a proxy.');
      return undefined;
    },
    url(variable, example) {
      const value = text(variable);
      if (value === undefined) return undefined;
      const url = URL.canParse(value) ? new URL(value) : undefined;
      if (url === undefined || !/^https?:$/.test(url.protocol)) {
        report(variable, 'is no http or https address', `Write it in full, such as ${example}.`);
        return undefined;
      }
      if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
        report(
          variable,
          'holds more than scheme, host, port and path',
          `Leave it at that, such as ${example}.`,
        );
        return undefined;
      }
      return url;
    },
  };
}

/**
 * Windows editors begin a file with a byte order mark, which Node takes for a part of the first name in an `.env` file,
 * with the comments before it.
 */
export function withoutByteOrderMark(
  variables: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const marked = Object.keys(variables).find((name) => name.startsWith('\ufeff'));
  if (marked === undefined) return variables;
  const { [marked]: value, ...others } = variables;
  return { [marked.slice(1).split('\n').at(-1) ?? '']: value, ...others };
}

/** Something that must be changed before the relay starts. Never holds a value: many of them are secrets. */
export interface Problem {
  variable: string;
  /** What is wrong: "is not a URL". */
  what: string;
  /** What to do about it. */
  cure: string;
}

/** Reads settings one by one and collects what is wrong with them, so that everything can be told at once. */
export interface Environment {
  readonly problems: readonly Problem[];
  report(variable: string, what: string, cure: string): void;
  /** Trimmed; an empty variable is as good as unset. */
  text(variable: string): string | undefined;
  /** Comma-separated. */
  list(variable: string): string[];
  oneOf<T extends string>(variable: string, choices: readonly T[]): T | undefined;
  /** An absolute http or https address without credentials. */
  url(variable: string, example: string): URL | undefined;
}

export function createEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const problems: Problem[] = [];

  function report(variable: string, what: string, cure: string): void {
    problems.push({ variable, what, cure });
  }

  function text(variable: string): string | undefined {
    const value = variables[variable]?.trim();
    return value === '' ? undefined : value;
  }

  return {
    problems,
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

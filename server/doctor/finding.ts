export const AREAS = ['settings', 'platform', 'fields', 'proxy', 'files', 'redis', 'policy'] as const;

/** What the doctor found. Tells no value of a member, no key and no name of a person. */
export interface Finding {
  readonly area: (typeof AREAS)[number];
  /** `problem`: people cannot use it as it is, or should not. */
  readonly level: 'ok' | 'warning' | 'problem';
  /** For programs: the same for the same cause. */
  readonly name: string;
  readonly what: string;
  /** What to do about it. */
  readonly fix?: string;
  /** More of it, a line each. */
  readonly lines?: readonly string[];
}

const MARKS: Readonly<Record<Finding['level'], string>> = { ok: '✓', warning: '!', problem: '✗' };

/** For people: each area with what was found there. */
export function textOf(findings: readonly Finding[]): string {
  const areas = AREAS.flatMap((area) => {
    const found = findings.filter((finding) => finding.area === area);
    return found.length === 0 ? [] : [`${area}\n${found.map(paragraphOf).join('')}`];
  });
  const count = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  const sum = `${count('problem')} problems, ${count('warning')} warnings`;
  return `${areas.join('\n')}\n${sum}\n`;
}

function paragraphOf({ level, what, fix, lines = [] }: Finding): string {
  const more = [...(fix === undefined ? [] : [`→ ${fix}`]), ...lines];
  return `  ${MARKS[level]} ${what}\n${more.map((line) => `      ${line}\n`).join('')}`;
}

/** 1 where something is a problem. */
export function exitCodeOf(findings: readonly Finding[]): number {
  return findings.some(({ level }) => level === 'problem') ? 1 : 0;
}

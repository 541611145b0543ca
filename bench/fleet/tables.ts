import { ASSUMED, limitsOf, MEASURED, needsOf, PLACES } from './model.ts';
import type { Assumptions, Figures } from './model.ts';

/** A table as its cells, the head first. */
export type Table = readonly (readonly string[])[];

/** The tables of `docs/scale.md`, in their order: what was measured, what is assumed, what follows. */
export function tablesOf(figures: Figures, assumptions: readonly Assumptions[]): Table[] {
  const needs = assumptions.map((assumed) => needsOf(figures, assumed));
  const [campus] = assumptions;
  if (campus === undefined) throw new Error('nothing is assumed');
  const limits = Object.entries(limitsOf(figures, campus)).sort(([, one], [, other]) => one - other);
  return [
    [['measured', 'value'], ...rowsOf(MEASURED, [figures])],
    [['assumed', ...PLACES], ...rowsOf(ASSUMED, assumptions)],
    [
      ['needed', ...PLACES],
      ...Object.keys(needs[0] ?? {}).map((name) => [name, ...needs.map((each) => short(each[name]))]),
    ],
    [['what ends first', 'members'], ...limits.map(([name, members]) => [name, short(members)])],
  ];
}

/** What tables 1 and 2 of a page say. */
export function inputsIn([measured = [], assumed = []]: readonly Table[]): {
  figures: Figures;
  assumptions: Assumptions[];
} {
  return {
    figures: readRows(MEASURED, measured, 1),
    assumptions: PLACES.map((_, place) => readRows(ASSUMED, assumed, place + 1)),
  };
}

export function markdownOf(table: Table): string {
  const lines = table.map((cells) => `| ${cells.join(' | ')} |`);
  return [lines[0], `|${' --- |'.repeat(table[0]?.length ?? 0)}`, ...lines.slice(1)].join('\n');
}

function rowsOf<Name extends string>(
  labels: Record<Name, string>,
  values: readonly Record<Name, number>[],
): string[][] {
  return Object.entries<string>(labels).map(([name, label]) => [
    label,
    ...values.map((each) => each[name as Name].toLocaleString('en', { maximumFractionDigits: 2 })),
  ]);
}

function readRows<Name extends string>(
  labels: Record<Name, string>,
  table: Table,
  column: number,
): Record<Name, number> {
  const read = Object.entries<string>(labels).map(([name, label]) => {
    const row = table.find(([first]) => first === label);
    if (row === undefined) throw new Error(`no row is called “${label}”`);
    return [name, Number(row[column]?.replaceAll(',', ''))];
  });
  return Object.fromEntries(read) as Record<Name, number>;
}

/** Three digits: nothing here is known better. */
function short(value = Number.NaN): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}

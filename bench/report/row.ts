/** One line of the report: what was measured, and whether the goal was reached. */
export interface Row {
  readonly measure: string;
  /** With its unit, as it is read: "1,240 requests/s". */
  readonly value: string;
  /** The same measure of what it is compared with. */
  readonly baseline?: string;
  /** Value by baseline, of the same run. */
  readonly ratio?: number;
  /** The ratio that is the goal, where the goal is one. */
  readonly ratioGoal?: number;
  /** The same ratio of a typical app. */
  readonly typical?: number;
  readonly goal: string;
  readonly reached: boolean;
  readonly note?: string;
}

/** What is wrong with a policy file, and what to do about it. */
export interface PolicyProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

/** A problem by the place of its value, before that has become a line. */
export interface Finding {
  /** JSON pointer into the file. */
  readonly at: string;
  readonly message: string;
}

import type { Backend } from './backend.ts';
import type { EmulatorControl } from './emulator.ts';

/** Whom to look for, all of them the operator's own test members. */
export interface TestMembers {
  /** A name that exactly one member has. */
  readonly hit: string;
  /** A name that several members have. */
  readonly many: string;
  /** What no member is called. */
  readonly nobody: string;
}

export interface Context {
  readonly backend: Backend;
  readonly members: TestMembers;
  /** Undefined where the platform behind the backend is not ours to break. */
  readonly emulator: EmulatorControl | undefined;
  /** Where the app is served, if not beside the backend. */
  readonly origin: string | undefined;
  /** Asks for what the bundled relay adds, too. */
  readonly isRelay: boolean;
}

/** One sentence of the contract, and how to see whether it holds. */
export interface Point {
  /** "search.hit": stable, for `--only` and for programs that read the report. */
  readonly id: string;
  /** What holds, as a sentence. */
  readonly title: string;
  /**
   * @returns a remark on how it holds, where there is one.
   * @throws Deviation where it does not hold; NotApplicable where it cannot.
   */
  check(context: Context): Promise<string | undefined>;
}

export interface Finding {
  readonly expected: string;
  /** Statuses, codes and counts; never what an answer says of anybody. */
  readonly came: string;
  readonly cure: string;
}

/** The backend does otherwise. */
export class Deviation extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.came);
    this.finding = finding;
  }
}

/** The point says nothing about this backend, or cannot be seen from here. */
export class NotApplicable extends Error {}

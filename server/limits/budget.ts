/** How many people may be returned. No `day`: the hours alone decide. */
export interface Budget {
  readonly hour: number;
  readonly day?: number;
}

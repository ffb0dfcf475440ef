/** What importing one file of the corpus must give. */
export interface Expectation {
  /** The importer that claims it; `undefined` when none may. With several members: the one of all that are read. */
  readonly format: string | undefined;
  readonly accepted: number;
  readonly rejected: number;
  readonly skipped: number;
  /** Why `accepted` is not the number of records that stands in SOURCE.md. */
  readonly explained?: string;
}

export type Expectations = Readonly<Record<string, Expectation>>;

/** How a record's text stands in a table: its cells have their names far above them. */
export interface TableRow {
  readonly delimiter: string;
  /** Names of the table's columns. */
  readonly header: readonly string[];
  /** How many columns a cell may stand away from its own: 0 in a row that is as wide as the table, more in one that could not be read. */
  readonly shift: number;
}

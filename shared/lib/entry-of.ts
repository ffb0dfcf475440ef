/**
 * The entry of a table under a name that came from outside; `undefined` where the table itself has none.
 * Shape: `constructor`, `toString` and the like, which every object inherits, are no entries.
 */
export const entryOf = <Entry>(table: Readonly<Record<string, Entry>>, name: string | undefined): Entry | undefined =>
  name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;

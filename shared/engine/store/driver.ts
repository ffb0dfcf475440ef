/** A value that SQLite stores. */
export type SqlValue = string | number | null | Uint8Array;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** A prepared statement. Parameters are positional, one per `?`. */
export interface SqlStatement {
  run(...values: SqlValue[]): { readonly changes: number; readonly lastId: number };
  /** The same with a list, which is not spread: for statements of more than a thousand parameters. */
  runAll(values: readonly SqlValue[]): void;
  get<Row extends object = SqlRow>(...values: SqlValue[]): Row | undefined;
  all<Row extends object = SqlRow>(...values: SqlValue[]): Row[];
  iterate<Row extends object = SqlRow>(...values: SqlValue[]): IterableIterator<Row>;
}

/** The store's port to SQLite: synchronous, one connection. `electron/node/sqlite.ts` implements it. */
export interface SqlDriver {
  /** Prepares, or gives the statement already prepared for the same text. */
  prepare(sql: string): SqlStatement;
  /** Runs a script of several statements without parameters. */
  exec(sql: string): void;
  /** All or nothing; not nested. */
  transaction<T>(run: () => T): T;
  /** True between BEGIN and COMMIT: a job writes in several steps, and what is written now would go if it fails. */
  inTransaction(): boolean;
  /** Defines a deterministic SQL function. */
  define(name: string, run: (...values: SqlValue[]) => SqlValue): void;
  close(): void;
}

import type { SqlDriver, SqlStatement } from '#shared/engine/store/driver.ts';

/** A driver that dies at one of its statements, as a process does: nothing after it is written. */
export interface CrashingDriver {
  readonly driver: SqlDriver;
  /** Statements run so far. */
  readonly ran: () => number;
}

/** Wraps a driver; `at` is the statement that does not happen, from 1. What a transaction did before it is rolled back. */
export function crashingDriver(inner: SqlDriver, at: number): CrashingDriver {
  let ran = 0;
  const step = (): void => {
    ran += 1;
    if (ran >= at) throw new Error(`the process died at statement ${String(at)}`);
  };
  const stepping = <Args extends unknown[], Result>(run: (...args: Args) => Result): ((...args: Args) => Result) => {
    return (...args) => {
      step();
      return run(...args);
    };
  };
  const wrap = (statement: SqlStatement): SqlStatement => ({
    run: stepping((...values) => statement.run(...values)),
    runAll: stepping((values) => {
      statement.runAll(values);
    }),
    get: (...values) => statement.get(...values),
    all: (...values) => statement.all(...values),
    iterate: (...values) => statement.iterate(...values),
  });
  const driver: SqlDriver = {
    ...inner,
    prepare: (sql) => wrap(inner.prepare(sql)),
    exec: stepping((sql) => {
      inner.exec(sql);
    }),
    transaction: (run) => {
      const result = inner.transaction(() => {
        const value = run();
        step(); // the last moment before the commit
        return value;
      });
      step(); // the first after it
      return result;
    },
  };
  return { driver, ran: () => ran };
}

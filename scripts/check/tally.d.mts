interface Result {
  readonly passed: number;
  readonly failed: number;
  readonly skipped?: readonly string[];
  readonly failures?: readonly string[];
}

export function createTally(): { add(name: string, result: Result): void; say(line: string): void; print(): boolean };
export function readVitest(report: object | undefined, exit: number): Result;
export function readPlaywright(
  report: object | undefined,
  exit: number,
  projects: readonly string[],
): readonly (readonly [string, Result])[];

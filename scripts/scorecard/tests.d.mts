interface Told {
  readonly title: string;
  readonly status: string;
  readonly file: string;
}

export function testsOf(report: {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}): readonly Told[];

export function passed(tests: readonly Told[]): number;
export function failed(tests: readonly Told[]): number;
export function isGood(tests: readonly Told[]): boolean;
export function isWhole(tests: readonly Told[]): boolean;
export function skipped(tests: readonly Told[]): boolean;

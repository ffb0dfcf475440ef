interface Turn {
  readonly of: string;
  readonly part: string;
  readonly turn: string;
  readonly result: { readonly wrong: number; readonly [figure: string]: unknown };
}

export function openKept(file: string): {
  list(of: string, part: string): readonly Turn[];
  listOthers(names: readonly string[]): readonly Turn[];
  keep(of: string, part: string, turn: string, seconds: number, result: Turn['result']): void;
};

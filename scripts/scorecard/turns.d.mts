/** What a turn gave. */
interface Result {
  readonly wrong: number;
  readonly [figure: string]: unknown;
}
interface Kept {
  readonly turn: string;
  readonly result: Result;
}
interface Card {
  add(what: string, got: unknown, target: unknown, ok?: boolean): void;
}
interface Part {
  next(
    done: readonly Kept[],
    size: string,
    tried: ReadonlySet<string>,
  ): { readonly name: string; run(env: object): Promise<Result | undefined> } | undefined;
  rows(card: Card, done: readonly Kept[], size: string): void;
}
interface Sitting {
  readonly kept: {
    list(of: string, part: string): readonly Kept[];
    keep(of: string, part: string, turn: string, seconds: number, result: Result): void;
  };
  readonly of: string;
  readonly name: string;
  readonly size: string;
  readonly env: object;
  isOver(): boolean;
}

export function single(add: (card: Card, env: object, size: string) => Promise<number>, nameOf?: (size: string) => string): Part;
export function wanting(names: readonly string[], done: readonly Kept[], tried: ReadonlySet<string>): readonly string[];
export function runTurns(part: Part, sitting: Sitting): Promise<boolean>;

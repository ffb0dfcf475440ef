/** The title of a chain, taken apart for a list. */
export interface ChainTitle {
  readonly who: string;
  /** First and last step, `GET /v1/tickets`; the last is absent in a chain of one step. */
  readonly first: string;
  readonly last: string | undefined;
  /** All the steps that the title names. */
  readonly steps: string;
}

/** `who: GET first → … → POST last, 12 calls`; the caller's name may hold anything, so the method is what ends it. */
const TITLE = /^(?<who>.*?): (?<steps>[A-Z]+ .*), [\d,]+ calls?$/s;

/** Takes a title apart; one of another form is all name. */
export function parseChainTitle(title: string): ChainTitle {
  const { who, steps } = TITLE.exec(title)?.groups ?? {};
  if (who === undefined || steps === undefined) return { who: title, first: '', last: undefined, steps: '' };
  const parts = steps.split(' → ');
  return { who, first: parts[0] ?? '', last: parts.length > 1 ? parts.at(-1) : undefined, steps };
}

/** The title without its number of calls: screens say beside it how many the principal made, and how many are inner hops of these. */
export function chainName(title: string): string {
  const { who, steps } = parseChainTitle(title);
  return steps === '' ? title : `${who}: ${steps}`;
}

/** Longest title: two lines of a list at 1280 px, one line of a report. Units: UTF-16 code units. */
export const MAX_TITLE = 110;
/** A head that is shorter says too little of the claim. */
const MIN_HEAD = 30;

/** A title, and the whole sentence where the title leaves something of it out. */
export interface SettledTitle {
  readonly title: string;
  readonly summary?: string;
}

/** Where a further clause begins: what stands before it is a whole sentence. A comma of a list is followed by a name, so by none of these words. */
const CLAUSE =
  /; |: | \(|, (?=(?:where|which|yet|whose|outside|all|among|of|without|and|then|mostly|up to|for|in|from|beside|by|though|at|but|while|so|afterwards|each|to|evenly|as|with|within|over|a person)\b)/g;

/** `GET /orders` of `GET api.acme.test/orders`: the method and the path say what was called, the summary says where. */
const withoutHosts = (sentence: string): string =>
  sentence.replaceAll(/\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CALL) [^\s/]+(?=\/)/g, '$1 ');

/** Whether a place in a text lies inside brackets or a quotation. */
function isInside(text: string, at: number): boolean {
  const before = text.slice(0, at);
  const count = (mark: string): number => before.split(mark).length - 1;
  return count('(') > count(')') || count('{') > count('}') || count('"') % 2 === 1 || count('“') > count('”');
}

/** The longest run of whole clauses that is short enough; undefined where the first clause is too long already. */
function headOf(sentence: string): string | undefined {
  const ends = [...sentence.matchAll(CLAUSE)].map(({ index }) => index).filter((at) => !isInside(sentence, at));
  const end = ends.findLast((at) => at >= MIN_HEAD && at <= MAX_TITLE);
  return end === undefined ? undefined : sentence.slice(0, end);
}

function cut(sentence: string): string {
  const end = sentence.lastIndexOf(' ', MAX_TITLE - 2);
  return `${sentence.slice(0, end > 0 ? end : MAX_TITLE - 2)} …`;
}

/**
 * Makes a title of what a detector says: who did what. Hosts of endpoints go first, then the clauses that do not fit; the whole sentence
 * stays as the summary. `claim` is the title where the detector says so itself because a cut would lose the point.
 * Example: `svc walked 900 {id} of GET api.acme.test/v1/orders/{id} in 3 minutes, where others open 1 in ten minutes, …` gives
 * `svc walked 900 {id} of GET /v1/orders/{id} in 3 minutes, where others open 1 in ten minutes`.
 */
export function settleTitle(sentence: string, claim?: string): SettledTitle {
  if (sentence.length <= MAX_TITLE) return { title: sentence };
  const plain = withoutHosts(claim ?? sentence);
  return { title: plain.length <= MAX_TITLE ? plain : (headOf(plain) ?? cut(plain)), summary: sentence };
}

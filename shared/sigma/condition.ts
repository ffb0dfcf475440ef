import { CannotRun, type SigmaNode } from './rule.ts';
import { MAX_SIGMA_DEPTH } from './sizes.ts';

const TOKEN = /\s*(\(|\)|\||[^\s()|]+)/y;

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) tokens.push(match[1] ?? '');
  return tokens;
}

interface State {
  readonly tokens: readonly string[];
  readonly searches: ReadonlyMap<string, SigmaNode>;
  at: number;
}

/**
 * Reads a condition over named searches: `and`, `or`, `not`, parentheses, `1 of name*`, `all of them`.
 * Errors: CannotRun for what it does not understand, and for the aggregations of Sigma 1, which correlations replaced.
 */
export function readCondition(text: string, searches: ReadonlyMap<string, SigmaNode>): SigmaNode {
  const tokens = tokensOf(text);
  if (tokens.includes('|'))
    throw new CannotRun(
      'its condition has an aggregation behind "|" (count, near …), which Sigma 2 replaced by correlation rules; write it as one',
    );
  const state: State = { tokens, searches, at: 0 };
  const node = readOr(state, 0);
  const rest = state.tokens[state.at];
  if (rest !== undefined) throw new CannotRun(`its condition is not understood at "${rest.slice(0, 40)}"`);
  return node;
}

const word = (state: State): string | undefined => state.tokens[state.at]?.toLowerCase();

function readOr(state: State, depth: number): SigmaNode {
  const items = [readAnd(state, depth)];
  while (word(state) === 'or') {
    state.at += 1;
    items.push(readAnd(state, depth));
  }
  return joined('or', items);
}

function readAnd(state: State, depth: number): SigmaNode {
  const items = [readNot(state, depth)];
  while (word(state) === 'and') {
    state.at += 1;
    items.push(readNot(state, depth));
  }
  return joined('and', items);
}

function readNot(state: State, depth: number): SigmaNode {
  if (depth > MAX_SIGMA_DEPTH) throw new CannotRun(`its condition is nested more than ${String(MAX_SIGMA_DEPTH)} levels deep`);
  const token = word(state);
  if (token === undefined) throw new CannotRun('its condition ends early');
  state.at += 1;
  if (token === 'not') return { kind: 'not', item: readNot(state, depth + 1) };
  if (token === '(') {
    const inner = readOr(state, depth + 1);
    if (word(state) !== ')') throw new CannotRun('a parenthesis of its condition is not closed');
    state.at += 1;
    return inner;
  }
  if (word(state) === 'of') return readSome(state, token);
  if (token === 'near') throw new CannotRun('its condition uses "near", which Sigma 2 replaced by temporal correlations; write it as one');
  const name = state.tokens[state.at - 1] ?? '';
  const node = state.searches.get(name);
  if (node === undefined) throw new CannotRun(`its condition names "${name.slice(0, 40)}", which the rule does not define`);
  return node;
}

/** `1 of sel*`, `any of them`, `all of sel*`, `2 of sel*`. `them` leaves out names that begin with an underscore. */
function readSome(state: State, amount: string): SigmaNode {
  const pattern = state.tokens[state.at + 1] ?? '';
  state.at += 2;
  const fits = patternTest(pattern);
  const chosen = [...state.searches].filter(([name]) => fits(name)).map(([, node]) => node);
  if (chosen.length === 0) throw new CannotRun(`its condition asks for "${pattern.slice(0, 40)}", and no search is called so`);
  if (amount === 'all') return joined('and', chosen);
  if (amount === 'any' || amount === '1') return joined('or', chosen);
  throw new CannotRun(`its condition asks for "${amount.slice(0, 20)} of": 1, any and all are understood`);
}

function patternTest(pattern: string): (name: string) => boolean {
  if (pattern.toLowerCase() === 'them') return (name) => !name.startsWith('_');
  const pieces = pattern.split('*');
  if (pieces.length === 1) return (name) => name === pattern;
  const [first = '', last = ''] = [pieces[0], pieces.at(-1)];
  const middle = pieces.slice(1, -1);
  return (name) => {
    if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
    let at = first.length;
    for (const piece of middle) {
      const found = name.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return at <= name.length - last.length;
  };
}

/** Several under one sign; one stands for itself. */
export function joined(kind: 'and' | 'or', items: readonly SigmaNode[]): SigmaNode {
  const [only] = items;
  return items.length === 1 && only !== undefined ? only : { kind, items };
}

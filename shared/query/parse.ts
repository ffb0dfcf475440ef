import { MAX_QUERY_LENGTH } from '../model/query-length.ts';
import { isAnything, joinNodes, toPattern, type Comparison, type QueryNode } from './ast.ts';
import { fields, findField, flags, getField, type FieldName } from './fields.ts';
import { parseNetwork, parseAddress } from './network.ts';
import { isBoundary, keywordAt, QuerySyntaxError, scanValue, skipBlanks, type QueryProblem, type Scanned } from './scan.ts';
import { closest } from './suggest.ts';
import { describeValue, parseNumber, parseTime } from './values.ts';

export type { QueryProblem } from './scan.ts';

/** Deepest nesting of parentheses and `not`; more is a mistake, and recursion must end. */
export const MAX_QUERY_DEPTH = 64;
/** Most conditions of one query: each becomes some SQL, and nobody reads more than that. */
export const MAX_QUERY_CONDITIONS = 512;

/** One of the conditions that must all hold, and the stretch of text that it stands in. Units: UTF-16 code units; `to` is excluded. */
export interface SpannedNode {
  readonly node: QueryNode;
  readonly from: number;
  readonly to: number;
  /** True when the text is `a or b` without parentheses around it, so that nothing can be joined to it as it stands. */
  readonly isOpenOr: boolean;
}

export type ParsedClauses =
  { readonly ok: true; readonly clauses: readonly SpannedNode[] } | { readonly ok: false; readonly error: QueryProblem };

export type ParsedQuery = { readonly ok: true; readonly ast: QueryNode } | { readonly ok: false; readonly error: QueryProblem };

interface State {
  readonly text: string;
  at: number;
  depth: number;
  conditions: number;
}

/**
 * Reads a query; never throws. Nothing but blanks means every call.
 * Example: `agent:bill-bot status >= 400 and not path:/health*` is and(agent, status, not(path)).
 * Cost:    one pass; 8 KB take well under 5 ms.
 */
export function parseQuery(text: string): ParsedQuery {
  const parsed = parseClauses(text);
  if (!parsed.ok) return parsed;
  const nodes = parsed.clauses.map((clause) => clause.node);
  return { ok: true, ast: nodes.length === 0 ? { kind: 'all' } : joinNodes('and', nodes) };
}

/** Reads a query as the conditions that must all hold, with the place of each; a query that is one `or` is one condition. Never throws. */
export function parseClauses(text: string): ParsedClauses {
  const state: State = { text, at: 0, depth: 0, conditions: 0 };
  try {
    if (text.length > MAX_QUERY_LENGTH)
      throw new QuerySyntaxError(
        MAX_QUERY_LENGTH,
        text.length - MAX_QUERY_LENGTH,
        `a query has at most ${String(MAX_QUERY_LENGTH)} characters`,
      );
    state.at = skipBlanks(text, 0);
    if (state.at === text.length) return { ok: true, clauses: [] };
    const clauses = parseAlternatives(state);
    if (state.at < text.length) throw new QuerySyntaxError(state.at, 1, 'this parenthesis closes nothing', ['a condition']);
    return { ok: true, clauses };
  } catch (thrown) {
    if (thrown instanceof QuerySyntaxError) return { ok: false, error: thrown.problem };
    throw thrown;
  }
}

/** Conditions joined by `and`; several such groups joined by `or` count as one condition. */
function parseAlternatives(state: State): readonly SpannedNode[] {
  const groups = [parseAnd(state)];
  while (keywordAt(state.text, state.at) === 'or') {
    state.at = skipBlanks(state.text, state.at + 2);
    groups.push(parseAnd(state));
  }
  const [first = []] = groups;
  if (groups.length === 1) return first;
  return [
    { node: joinNodes('or', groups.map(toNode)), from: first[0]?.from ?? 0, to: groups.at(-1)?.at(-1)?.to ?? state.at, isOpenOr: true },
  ];
}

const toNode = (clauses: readonly SpannedNode[]): QueryNode =>
  joinNodes(
    'and',
    clauses.map((clause) => clause.node),
  );

function parseAnd(state: State): readonly SpannedNode[] {
  const items: SpannedNode[] = [];
  const add = (): void => {
    const from = state.at;
    const node = parseNot(state);
    items.push({ node, from, to: state.at, isOpenOr: false });
  };
  add();
  for (;;) {
    state.at = skipBlanks(state.text, state.at);
    if (state.at >= state.text.length || state.text.charAt(state.at) === ')') break;
    const word = keywordAt(state.text, state.at);
    if (word === 'or') break;
    if (word === 'and') state.at = skipBlanks(state.text, state.at + 3);
    add();
  }
  return items;
}

function parseNot(state: State): QueryNode {
  const word = keywordAt(state.text, state.at);
  const minus = state.text.charAt(state.at) === '-' && !isBoundary(state.text, state.at + 1);
  if (word !== 'not' && !minus) return parseCondition(state);
  const start = state.at;
  state.at = skipBlanks(state.text, state.at + (minus ? 1 : 3));
  return nest(state, start, () => ({ kind: 'not', item: parseNot(state) }));
}

function nest(state: State, start: number, parse: () => QueryNode): QueryNode {
  state.depth += 1;
  if (state.depth > MAX_QUERY_DEPTH)
    throw new QuerySyntaxError(start, 1, `parentheses and "not" nest at most ${String(MAX_QUERY_DEPTH)} deep`);
  const node = parse();
  state.depth -= 1;
  return node;
}

function parseCondition(state: State): QueryNode {
  const { text, at } = state;
  const word = keywordAt(text, at);
  if (at >= text.length || word !== undefined || text.charAt(at) === ')') {
    const found = word !== undefined ? `"${word}"` : at >= text.length ? 'the end' : 'a closing parenthesis';
    throw new QuerySyntaxError(at, word?.length ?? 1, `a condition is missing before ${found}`, ['a condition']);
  }
  if (text.charAt(at) === '(') return parseGroup(state);
  state.conditions += 1;
  if (state.conditions > MAX_QUERY_CONDITIONS)
    throw new QuerySyntaxError(at, 1, `a query has at most ${String(MAX_QUERY_CONDITIONS)} conditions`);
  return parseFieldCondition(state) ?? parseText(state);
}

function parseGroup(state: State): QueryNode {
  const start = state.at;
  state.at = skipBlanks(state.text, start + 1);
  return nest(state, start, () => {
    const node = toNode(parseAlternatives(state));
    if (state.text.charAt(state.at) !== ')') throw new QuerySyntaxError(start, 1, 'this parenthesis is not closed', [')']);
    state.at += 1;
    return node;
  });
}

function parseText(state: State): QueryNode {
  const value = scanValue(state.text, state.at);
  state.at = value.end;
  const pieces = value.pieces.filter((piece) => piece !== '');
  if (pieces.length > 0) return { kind: 'text', pattern: pieces };
  if (value.quoted) throw new QuerySyntaxError(value.start, value.end - value.start, 'there is no text between the quotes', ['text']);
  return { kind: 'all' };
}

// The colon must follow the name at once, so that a sentence with a colon stays text; a comparison may have blanks around it.
const fieldForm = /([A-Za-z][\w.-]*)(?:(:)|\s*(>=|<=|!=|>|<|=))/y;

function parseFieldCondition(state: State): QueryNode | undefined {
  fieldForm.lastIndex = state.at;
  const [whole, name, colon, operator] = fieldForm.exec(state.text) ?? [];
  if (whole === undefined || name === undefined) return undefined;
  const start = state.at;
  const after = start + whole.length;
  if (colon !== undefined && /^(?:is|has)$/i.test(name)) return parseFlags(state, name.toLowerCase(), after);
  const field = findField(name);
  if (field === undefined) {
    if (isPlainText(state.text, name, colon ?? operator ?? '', after, whole)) return undefined;
    throw unknownField(name, start);
  }
  state.at = skipBlanks(state.text, after);
  if (colon !== undefined) {
    const nested = /(?:>=|<=|>|<)/y;
    nested.lastIndex = state.at;
    const inner = nested.exec(state.text)?.[0];
    if (inner === undefined) return parseValues(state, field.name);
    state.at = skipBlanks(state.text, state.at + inner.length);
    return parseComparison(state, field.name, inner);
  }
  return parseComparison(state, field.name, operator ?? '=');
}

/** A pasted URL, `host:port` or `a=b` is text, not a field that does not exist. */
function isPlainText(text: string, name: string, operator: string, after: number, whole: string): boolean {
  if (operator === ':')
    return (
      text.startsWith('//', after) ||
      ((name.includes('.') || name === 'localhost') && /^\d{1,5}(?![\w])/.test(text.slice(after, after + 6)))
    );
  return operator === '=' && !/\s/.test(whole);
}

function unknownField(name: string, at: number): QuerySyntaxError {
  const near = closest(name, [...fields.flatMap((field) => [field.name, ...field.aliases]), 'is', 'has']);
  const hint = near.length > 0 ? `; did you mean ${near.join(', ')}?` : '; put it in quotes to search for the text';
  return new QuerySyntaxError(at, name.length, `no field is called ${name}${hint}`, near);
}

function parseFlags(state: State, prefix: string, after: number): QueryNode {
  state.at = skipBlanks(state.text, after);
  const known = flags.map((flag) => flag.name).filter((flag) => flag.startsWith(`${prefix}:`));
  const names = known.map((flag) => flag.slice(prefix.length + 1));
  const items = parseList(state, prefix, names).map((value): QueryNode => {
    const flag = known.find((candidate) => candidate === `${prefix}:${value.plain.toLowerCase()}`);
    if (flag === undefined) {
      const near = closest(value.plain, names);
      throw new QuerySyntaxError(
        value.start,
        value.end - value.start,
        `${prefix}: takes ${names.join(', ')}`,
        near.length > 0 ? near : names,
      );
    }
    return { kind: 'flag', flag };
  });
  return joinNodes('or', items);
}

function parseValues(state: State, name: FieldName): QueryNode {
  const field = getField(name);
  const values = parseList(state, name, [describeValue(field.type)]);
  const patterns = values.map((value) => toPattern(value.pieces));
  if (patterns.some(isAnything)) return { kind: 'present', field: name };
  if (field.type === 'text') {
    for (const value of values) checkChoice(name, value);
    return { kind: 'match', field: name, values: patterns };
  }
  return joinNodes(
    'or',
    values.map((value, index) => typedValue(name, value, patterns[index] ?? [value.plain])),
  );
}

/** One value, or several as `(a or b)`. */
function parseList(state: State, name: string, expected: readonly string[]): readonly Scanned[] {
  const { text } = state;
  const start = state.at;
  if (text.charAt(start) !== '(') return [parseOneValue(state, name, expected)];
  const values: Scanned[] = [];
  do {
    state.at = skipBlanks(text, state.at + (values.length === 0 ? 1 : 2));
    values.push(parseOneValue(state, name, expected));
    state.conditions += 1;
    state.at = skipBlanks(text, state.at);
  } while (keywordAt(text, state.at) === 'or');
  if (text.charAt(state.at) !== ')') {
    if (state.at >= text.length) throw new QuerySyntaxError(start, 1, 'this parenthesis is not closed', [')']);
    throw new QuerySyntaxError(state.at, 1, 'values in parentheses are joined by "or"', ['or', ')']);
  }
  state.at += 1;
  return values;
}

function parseOneValue(state: State, name: string, expected: readonly string[]): Scanned {
  if (isBoundary(state.text, state.at) || keywordAt(state.text, state.at) !== undefined) {
    throw new QuerySyntaxError(state.at, 1, `${name} needs a value`, expected);
  }
  const value = scanValue(state.text, state.at);
  state.at = value.end;
  return value;
}

function checkChoice(name: FieldName, value: Scanned): void {
  const { choices } = getField(name);
  if (choices === undefined || value.pieces.length > 1 || choices.includes(value.plain.toLowerCase())) return;
  throw new QuerySyntaxError(value.start, value.end - value.start, `${name} is one of ${choices.join(', ')}`, choices);
}

function typedValue(name: FieldName, value: Scanned, pattern: readonly string[]): QueryNode {
  const { type } = getField(name);
  if (type === 'address') {
    if (pattern.length === 1 && value.plain.includes('/')) {
      if (parseNetwork(value.plain) === undefined) throw badValue(name, value);
      return { kind: 'network', field: name, network: value.plain };
    }
    if (pattern.length === 1 && parseAddress(value.plain) === undefined) throw badValue(name, value);
    return { kind: 'match', field: name, values: [pattern] };
  }
  // 4xx is how people write a class of status codes.
  const statusClass = type === 'integer' ? /^([1-9])xx$/i.exec(value.plain)?.[1] : undefined;
  if (statusClass !== undefined) return { kind: 'match', field: name, values: [[statusClass, '']] };
  if (type === 'integer' && pattern.length > 1) return { kind: 'match', field: name, values: [pattern] };
  if (type !== 'time') return { kind: 'compare', field: name, op: '=', value: readNumber(name, value) };
  const stretch = parseTime(value.plain);
  if (stretch === undefined) throw badValue(name, value);
  return joinNodes('and', [
    { kind: 'compare', field: name, op: '>=', value: stretch.from },
    { kind: 'compare', field: name, op: '<', value: stretch.to },
  ]);
}

function parseComparison(state: State, name: FieldName, operator: string): QueryNode {
  if (operator === '=') return parseValues(state, name);
  if (operator === '!=') return { kind: 'not', item: parseValues(state, name) };
  const { type } = getField(name);
  if (type === 'text' || type === 'address') {
    throw new QuerySyntaxError(state.at, 1, `${name} is text, so it has no order; write ${name}:value`, [`${name}:`]);
  }
  const value = parseOneValue(state, name, [describeValue(type)]);
  return { kind: 'compare', field: name, op: toComparison(operator), value: readNumber(name, value) };
}

const toComparison = (operator: string): Comparison =>
  operator === '<' || operator === '<=' || operator === '>' || operator === '>=' ? operator : '=';

function readNumber(name: FieldName, value: Scanned): number {
  const { type } = getField(name);
  const read =
    type === 'time' ? parseTime(value.plain)?.from : type === 'text' || type === 'address' ? undefined : parseNumber(type, value.plain);
  if (read === undefined) throw badValue(name, value);
  return read;
}

function badValue(name: FieldName, value: Scanned): QuerySyntaxError {
  const expected = describeValue(getField(name).type);
  return new QuerySyntaxError(value.start, Math.max(1, value.end - value.start), `${name} needs ${expected}`, [expected]);
}

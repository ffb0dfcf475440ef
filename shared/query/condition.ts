import { isAnything, joinNodes, toPattern, type Comparison, type QueryNode } from './ast.ts';
import { fields, findField, findTarget, flags, getField, isCaseless, isColumn, nameOf, type FieldName, type Target } from './fields.ts';
import { readMoment } from './moment.ts';
import { parseRegex } from './regex.ts';
import { isBoundary, keywordAt, QuerySyntaxError, scanValue, skipBlanks, type Scanned } from './scan.ts';
import { closest } from './suggest.ts';
import { badValue, readNumber, typedValue } from './typed-value.ts';
import { describeValue } from './values.ts';

/** Where the parser stands in the text. */
export interface ParserState {
  readonly text: string;
  at: number;
  /** Values read so far, each of which becomes a condition. */
  conditions: number;
}

/** Reads one condition without parentheses around it: words, `field:value`, `field > value` or `is:flag`. */
export const parseCondition = (state: ParserState): QueryNode => parseFieldCondition(state) ?? parseText(state);

function parseText(state: ParserState): QueryNode {
  const value = scanValue(state.text, state.at);
  state.at = value.end;
  if (value.regex !== undefined) return { kind: 'textRegex', source: checkRegex(value, value.regex, true) };
  const pieces = value.pieces.filter((piece) => piece !== '');
  if (pieces.length > 0) return { kind: 'text', pattern: pieces };
  if (value.quoted) throw new QuerySyntaxError(value.start, value.end - value.start, 'there is no text between the quotes', ['text']);
  return { kind: 'all' };
}

// The colon must follow the name at once, so that a sentence with a colon stays text; a comparison may have blanks around it.
const fieldForm = /([A-Za-z][\w.-]*)(?:(:)|\s*(>=|<=|!=|>|<|=))/y;

function parseFieldCondition(state: ParserState): QueryNode | undefined {
  fieldForm.lastIndex = state.at;
  const [whole, name, colon, operator] = fieldForm.exec(state.text) ?? [];
  if (whole === undefined || name === undefined) return undefined;
  const start = state.at;
  const after = start + whole.length;
  if (colon !== undefined && /^(?:is|has)$/i.test(name)) return parseFlags(state, name.toLowerCase(), after);
  const target = findTarget(name);
  if (target === undefined) {
    if (isPlainText(state.text, name, colon ?? operator ?? '', after, whole)) return undefined;
    throw unknownField(name, start);
  }
  state.at = skipBlanks(state.text, after);
  if (colon !== undefined) {
    const nested = /(?:>=|<=|>|<)/y;
    nested.lastIndex = state.at;
    const inner = nested.exec(state.text)?.[0];
    if (inner === undefined) return parseValues(state, target);
    state.at = skipBlanks(state.text, state.at + inner.length);
    return parseComparison(state, target, inner);
  }
  return parseComparison(state, target, operator ?? '=');
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
  const known = findField(name);
  if (known !== undefined)
    return new QuerySyntaxError(at, name.length, `${known.name} needs the name of a header, as in ${known.name}.x-request-id:abc`, [
      `${known.name}.x-request-id`,
    ]);
  const part = fields.find((field) => 'nested' in field && name.toLowerCase().startsWith(`${field.name}.`));
  if (part !== undefined) return new QuerySyntaxError(at, name.length, `a name is missing at a dot of ${name}`, [part.name]);
  const near = closest(name, [...fields.flatMap((field) => [field.name, ...field.aliases]), 'is', 'has']);
  const hint = near.length > 0 ? `; did you mean ${near.join(', ')}?` : '; put it in quotes to search for the text';
  return new QuerySyntaxError(at, name.length, `no field is called ${name}${hint}`, near);
}

function parseFlags(state: ParserState, prefix: string, after: number): QueryNode {
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

function parseValues(state: ParserState, target: Target): QueryNode {
  const { type } = getField(target.field);
  const values = parseList(state, nameOf(target), [describeValue(type)]);
  const plain = values.filter((value) => type !== 'text' || value.regex === undefined);
  const patterns = plain.map((value) => toPattern(value.pieces));
  if (patterns.some(isAnything)) return { kind: 'present', ...target };
  if (type === 'text' || !isColumn(target)) {
    for (const value of plain) checkChoice(target, value);
    const matches: readonly QueryNode[] = patterns.length === 0 ? [] : [{ kind: 'match', ...target, values: patterns }];
    const expressions = values.flatMap((value): readonly QueryNode[] =>
      value.regex === undefined ? [] : [{ kind: 'regex', ...target, source: checkRegex(value, value.regex, isCaseless(target)) }],
    );
    return joinNodes('or', [...matches, ...expressions]);
  }
  return joinNodes(
    'or',
    values.map((value, index) => typedValue(target.field, value, patterns[index] ?? [value.plain])),
  );
}

/** The source of a regular expression that RE2 reads. */
function checkRegex(value: Scanned, source: string, caseless: boolean): string {
  const parsed = parseRegex(source, caseless);
  if (parsed.ok) return source;
  const place = parsed.part === undefined ? -1 : source.indexOf(parsed.part);
  const [at, length] =
    place < 0 || parsed.part === '' ? [value.start, value.end - value.start] : [value.start + 1 + place, parsed.part?.length ?? 1];
  throw new QuerySyntaxError(
    at,
    length,
    `this regular expression cannot be read: ${parsed.message}; put it in quotes to search for the text`,
    ['a regular expression of RE2'],
  );
}

/** One value, or several as `(a or b)`. */
function parseList(state: ParserState, name: string, expected: readonly string[]): readonly Scanned[] {
  const { text } = state;
  const start = state.at;
  if (text.charAt(start) !== '(') return [parseOneValue(state, name, expected)];
  const values: Scanned[] = [];
  do {
    state.at = skipBlanks(text, state.at + (values.length === 0 ? 1 : 2));
    values.push(parseOneValue(state, name, expected));
    // The first was counted with the condition itself.
    if (values.length > 1) state.conditions += 1;
    state.at = skipBlanks(text, state.at);
  } while (keywordAt(text, state.at) === 'or');
  if (text.charAt(state.at) !== ')') {
    if (state.at >= text.length) throw new QuerySyntaxError(start, 1, 'this parenthesis is not closed', [')']);
    throw new QuerySyntaxError(state.at, 1, 'values in parentheses are joined by "or"', ['or', ')']);
  }
  state.at += 1;
  return values;
}

function parseOneValue(state: ParserState, name: string, expected: readonly string[]): Scanned {
  if (isBoundary(state.text, state.at) || keywordAt(state.text, state.at) !== undefined) {
    throw new QuerySyntaxError(state.at, 1, `${name} needs a value`, expected);
  }
  const value = scanValue(state.text, state.at);
  state.at = value.end;
  return value;
}

function checkChoice(target: Target, value: Scanned): void {
  const { choices } = getField(target.field);
  if (choices === undefined || value.pieces.length > 1 || choices.includes(value.plain.toLowerCase())) return;
  throw new QuerySyntaxError(value.start, value.end - value.start, `${target.field} is one of ${choices.join(', ')}`, choices);
}

function parseComparison(state: ParserState, target: Target, operator: string): QueryNode {
  if (operator === '=') return parseValues(state, target);
  if (operator === '!=') return { kind: 'not', item: parseValues(state, target) };
  const { type } = getField(target.field);
  if (type === 'text' || type === 'address' || !isColumn(target)) {
    const name = nameOf(target);
    throw new QuerySyntaxError(state.at, 1, `${name} is text, so it has no order; write ${name}:value`, [`${name}:`]);
  }
  const op = toComparison(operator);
  return (type === 'time' ? parseMoment(state, op) : undefined) ?? parseNumberAfter(state, target.field, op);
}

function parseMoment(state: ParserState, op: Exclude<Comparison, '='>): QueryNode | undefined {
  const read = readMoment(state.text, state.at);
  if (read === undefined) return undefined;
  state.at = read.end;
  return { kind: 'moment', op, moment: read.moment };
}

function parseNumberAfter(state: ParserState, field: FieldName, op: Comparison): QueryNode {
  const value = parseOneValue(state, field, [describeValue(getField(field).type)]);
  const read = readNumber(field, value);
  if (read === undefined) throw badValue(field, value);
  return { kind: 'compare', field, op, value: read };
}

const toComparison = (operator: string): Exclude<Comparison, '='> =>
  operator === '<' || operator === '<=' || operator === '>' ? operator : '>=';
